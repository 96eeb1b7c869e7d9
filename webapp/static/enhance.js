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

  // Puts the new content of a part in the place of the old: what was open stays open, and never under somebody's focus.
  function swap(part, fresh) {
    if (!part || part.innerHTML === fresh.innerHTML) return;
    if (part.contains(document.activeElement)) {
      part.addEventListener("focusout", function () { setTimeout(swap, 0, part, fresh); }, { once: true });
      return;
    }
    part.querySelectorAll("details[open]").forEach(function (opened) {
      var again = fresh.querySelector('[data-code="' + opened.dataset.code + '"]');
      if (again) again.open = true;
    });
    part.replaceChildren.apply(part, Array.from(fresh.childNodes));
  }

  // Advice and counts beside a form move while somebody writes in it; nothing is saved, and saving waits for nothing.
  function live(region) {
    var form = document.querySelector("main form"), note = region.querySelector("[data-late]"), timer, running;

    function halt() {
      clearTimeout(timer);
      if (running) running.abort();
      running = null;
    }
    function tell(text) {
      if (note.textContent !== text) note.textContent = text;
    }
    function ask() {
      var mine = running = new AbortController();
      var patience = setTimeout(function () { tell(note.dataset.late); }, 4000);
      fetch(region.dataset.live, {
        method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "error", signal: mine.signal,
      }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      }).then(function (text) {
        if (mine !== running) return;
        new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-part]").forEach(function (fresh) {
          swap(document.getElementById(fresh.id), fresh);
        });
        tell("");
      }).catch(function () {
        if (mine === running) tell(note.dataset.late);  // one that was halted is not the running one
      }).finally(function () { clearTimeout(patience); });
    }
    form.addEventListener("input", function () {
      halt();
      timer = setTimeout(ask, 600);
    });
    form.addEventListener("submit", halt);
    window.addEventListener("online", function () { if (note.textContent) ask(); });
  }

  document.querySelectorAll("[data-live]").forEach(live);
  document.querySelectorAll("[data-filter]").forEach(filterList);
  document.querySelectorAll("[data-follow]").forEach(follow);
  document.querySelectorAll("button[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var text = document.getElementById(button.dataset.copy);
    if (!navigator.clipboard || !text) return;  // without it, one copies by hand: the field stands there
    button.hidden = false;
    button.addEventListener("click", function () {
      text.select();
      navigator.clipboard.writeText(text.value).then(function () { button.textContent = button.dataset.copied; });
    });
  });
  var summary = document.getElementById("error-summary");
  if (summary) summary.focus();
})();
