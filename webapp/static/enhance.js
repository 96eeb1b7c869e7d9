// Small comforts. Every task of the site works without this file.
(function () {
  "use strict";

  // A search box over a long list of check boxes: shows the options whose label holds the words.
  function filterList(box) {
    var list = document.getElementById(box.dataset.filter);
    box.closest(".filter").hidden = false;
    box.addEventListener("input", function () {
      var wanted = box.value.trim().toLocaleLowerCase();
      list.querySelectorAll(".check").forEach(function (check) {
        check.hidden = wanted !== "" && !check.textContent.toLocaleLowerCase().includes(wanted);
      });
      list.querySelectorAll("details.options").forEach(function (group) {
        var hit = group.querySelector(".check:not([hidden])");
        group.hidden = !hit;
        group.open = wanted === "" ? Boolean(group.querySelector(":checked")) : Boolean(hit);
      });
    });
    box.addEventListener("keydown", function (event) {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  // A running job: fetches this page again and swaps the part that reports, until it says that it is done.
  function follow(part) {
    setTimeout(function () {
      fetch(location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.text(); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
          if (!fresh || !fresh.dataset.follow) return location.reload();
          part.replaceWith(fresh);
          follow(fresh);
        })
        .catch(function () { follow(part); });
    }, Number(part.dataset.follow) * 1000);
  }

  document.querySelectorAll("[data-filter]").forEach(filterList);
  document.querySelectorAll("[data-follow]").forEach(follow);
  document.querySelectorAll("button[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  var summary = document.getElementById("error-summary");
  if (summary) summary.focus();
})();
