// Asks the browser for a passkey and sends its answer; components/passkey.html is the form around it.
(function () {
  "use strict";

  var form = document.querySelector("form[data-passkey]");
  var missing = document.querySelector("[data-without-passkeys]");
  if (!window.PublicKeyCredential) {
    if (missing) missing.hidden = false;
    if (form) form.hidden = true;
    return;
  }
  document.querySelectorAll("[data-with-passkeys]").forEach(function (part) { part.hidden = false; });
  if (!form) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (one) { return String.fromCharCode(one); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function known(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  function asked() {
    var options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "use") {
      options.allowCredentials = known(options.allowCredentials);
      return navigator.credentials.get({ publicKey: options });
    }
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }

  function told(passkey) {
    var answer = passkey.response, parts = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (answer[name]) parts[name] = text(answer[name]);
    });
    if (answer.getTransports) parts.transports = answer.getTransports();
    return {
      id: passkey.id, rawId: text(passkey.rawId), type: passkey.type, response: parts,
      extensions: JSON.stringify(passkey.getClientExtensionResults()),
    };
  }

  function ask() {
    form.querySelector("[data-failed]").hidden = true;
    asked().then(function (passkey) {
      form.elements.credential.value = JSON.stringify(told(passkey));
      form.submit();
    }).catch(function () { form.querySelector("[data-failed]").hidden = false; });
  }

  form.querySelector("button[type=button]").addEventListener("click", ask);
  ask();
})();
