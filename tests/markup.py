"""What a page of HTML holds, read with the standard library: headings, ids, labels, forms and their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
# Controls that carry their own words or none, so that they need no label.
UNLABELLED = ("hidden", "submit", "button", "image", "reset")
CONTROLS = ("input", "select", "textarea", "button")


@dataclass
class Control:
    """A field or button of a form; `text` is what a person reads on or in it."""

    tag: str
    attributes: Attributes
    is_inside_label: bool
    text: str = ""
    options: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the name it is sent under, empty for none."""
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        """Return its type as HTML understands it."""
        return self.attributes.get("type", {"input": "text", "button": "submit"}.get(self.tag, self.tag)).lower()

    def sent(self) -> list[str]:
        """Return the values that a browser would send for it untouched."""
        if "disabled" in self.attributes or self.kind in ("submit", "button", "image", "reset", "file"):
            return []
        if self.tag == "select":
            chosen = [value for value, is_selected in self.options if is_selected]
            return chosen or ([] if "multiple" in self.attributes else [value for value, _ in self.options[:1]])
        if self.tag == "textarea":
            return [self.text]
        if self.kind in ("checkbox", "radio"):
            return [self.attributes.get("value", "on")] if "checked" in self.attributes else []
        return [self.attributes.get("value", "")]


@dataclass
class Form:
    """A form: where it goes and what it would send."""

    attributes: Attributes
    controls: list[Control] = field(default_factory=list)

    @property
    def is_post(self) -> bool:
        """Whether it changes something."""
        return self.attributes.get("method", "get").lower() == "post"

    @property
    def names(self) -> set[str]:
        """Return the names of its fields and buttons."""
        return {control.name for control in self.controls if control.name}

    def data(self) -> dict[str, list[str]]:
        """Return what a browser would send, buttons left out."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            if control.name and (values := control.sent()):
                sent.setdefault(control.name, []).extend(values)
        return sent


class Markup(HTMLParser):
    """Reads one page; its attributes hold what was found, in the order of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root: Attributes = {}
        self.title = ""
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[Control] = []
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.account = ""
        self._open: list[str] = []
        self._form: Form | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag opens."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag in CONTROLS:
            self._note_control(Control(tag, found, "label" in self._open))
        elif tag == "html":
            self.root = found
        elif tag == "h1":
            self.headings.append("")
        elif tag == "form":
            self._form = Form(found)
            self.forms.append(self._form)
        elif tag == "label":
            self.labelled.add(found.get("for", ""))
        elif tag == "a":
            self.links.append((found.get("href", ""), ""))
        elif tag == "meta" and found.get("name") == "account":
            self.account = found.get("content", "")
        elif tag == "option" and self.controls:
            self.controls[-1].options.append((found.get("value", ""), "selected" in found))
        if tag in ("title", "h1", "label", "textarea", "button", "a", "svg"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note what the tag closes."""
        if tag == "form":
            self._form = None
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Add the words to what is open around them."""
        if not self._open:
            return
        if self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if "h1" in self._open:
            self.headings[-1] += data
        if self._open[-1] in ("textarea", "button"):
            self.controls[-1].text += data
        if "a" in self._open:
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)

    def _note_control(self, control: Control) -> None:
        self.controls.append(control)
        owner = control.attributes.get("form")
        for form in self.forms:
            if (form is self._form and not owner) or (owner and form.attributes.get("id") == owner):
                form.controls.append(control)

    def unlabelled(self) -> list[Control]:
        """Return the fields that no label names."""
        return [
            control
            for control in self.controls
            if control.tag != "button"
            and control.kind not in UNLABELLED
            and not control.is_inside_label
            and control.attributes.get("id") not in self.labelled
            and not {"aria-label", "aria-labelledby"} & control.attributes.keys()
        ]
