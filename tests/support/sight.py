"""Visual checks of a page in a browser: width, texts, focus, colours and print."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 1.4.12: the spacing that a reader may choose.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
DOUBLED = """() => [...document.querySelectorAll("body, body *")]
  .map((each) => [each, parseFloat(getComputedStyle(each).fontSize)])
  .forEach(([each, size]) => { each.style.fontSize = 2 * size + "px" })"""
# Elements wider than the screen, or too small for their text. A table may scroll in its frame.
FAULTS = """() => {
  const found = [];
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > room) {
    const wide = [...document.querySelectorAll("main *, header *, footer *")]
      .filter((each) => each.getBoundingClientRect().right > room + 1 && !each.closest(".table"));
    found.push("wide: " + wide.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | "));
  }
  for (const each of document.querySelectorAll("button, .button, summary, label")) {
    if (!each.checkVisibility() || getComputedStyle(each).display === "inline") continue;
    if (each.clientWidth <= 1) continue;  // for screen readers only
    if (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
      found.push("clipped: " + each.outerHTML.slice(0, 160));
  }
  for (const each of document.querySelectorAll("main *, header *, footer *")) {
    const style = getComputedStyle(each);
    const cuts = /hidden|clip/.test(style.overflowX + style.overflowY);
    const seen = "button, .button, summary, label, select, textarea, .hidden, .hidden *, svg *";
    if (!cuts || each.matches(seen)) continue;
    if (each.clientWidth <= 1 || !each.innerText || !each.checkVisibility()) continue;
    if (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
      found.push("cut: " + each.outerHTML.slice(0, 160));
  }
  return found;
}"""
# The tab stops, in the order of the page. One radio button of a group is enough.
STOPS = """() => {
  const found = [], groups = new Set();
  for (const each of document.querySelectorAll(
      "a[href], button, input, select, textarea, summary, [tabindex]")) {
    if (each.tabIndex < 0 || each.disabled || !each.checkVisibility({visibilityProperty: true}))
      continue;
    if (each.type === "radio" && each.name) {
      if (groups.has(each.name)) continue;
      groups.add(each.name);
    }
    found.push(each);
  }
  return found;
}"""
# What is wrong with a tab stop: its focus is invisible, or something covers it.
SHOWN = """(here) => {
  const style = getComputedStyle(here), box = here.getBoundingClientRect();
  const name = here.outerHTML.slice(0, 160);
  const thin = style.outlineStyle !== "auto" && parseFloat(style.outlineWidth) < 2;
  if (style.outlineStyle === "none" || thin) return "unseen: " + name;
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (left >= right || top >= bottom) return "off the screen: " + name;
  const clear = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
    const found = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
    return found && (here.contains(found) || found.contains(here) || [...here.labels || []]
      .some((label) => label.contains(found)));
  });
  return clear ? "" : "covered: " + name;
}"""
UNSEEN = f"""() => {{
  const faults = [];
  for (const each of ({STOPS})()) {{
    each.focus();
    const lost = document.activeElement !== each && "no stop: " + each.outerHTML.slice(0, 160);
    const fault = lost || ({SHOWN})(each);
    if (fault) faults.push(fault);
  }}
  scrollTo(0, 0);
  return faults;
}}"""
HIDDEN_ON_PAPER = "nav:not(.road), .foot, .skip, .verbs, .actions, .opener-button"
UNPRINTED = f"""() => [...document.querySelectorAll("{HIDDEN_ON_PAPER}")]
  .filter((each) => each.checkVisibility())
  .map((each) => "printed: " + each.outerHTML.slice(0, 160))"""
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
PAPER = {"width": 680, "height": 960}


def violations(page: Page, *rules: str) -> list[str]:
    """Return the violations that axe finds on a page, with all its rules or only some."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    return [
        f"axe {each['id']}: {node['html'][:160]}"
        for each in Axe().run(page, options=options).response["violations"]
        for node in each["nodes"][:2]
    ]


def unseen_stops(page: Page) -> list[str]:
    """Return the focusable elements whose focus is invisible or covered."""
    page.keyboard.press("Tab")  # so that the browser shows the focus, as it does for keyboard users
    return list(page.evaluate(UNSEEN))


def faults_of_sight(page: Page) -> list[str]:
    """Return the visual faults of a page: on wide and narrow screens, dark and printed."""
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    found = violations(page)
    found += [f"wide {each}" for each in unseen_stops(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark {each}" for each in violations(page, "color-contrast")]
    page.emulate_media(color_scheme="light", media="print")
    page.set_viewport_size(PAPER)  # type: ignore[arg-type]
    found += [f"print {each}" for each in page.evaluate(FAULTS) if each.startswith("wide")]
    found += [f"print {each}" for each in page.evaluate(UNPRINTED)]
    page.emulate_media(media="screen")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found += [f"320 px {each}" for each in page.evaluate(FAULTS)]
    found += [f"320 px {each}" for each in unseen_stops(page)]
    spaced = page.add_style_tag(content=SPACED)
    found += [f"spaced {each}" for each in page.evaluate(FAULTS)]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    found += [f"spaced wide {each}" for each in page.evaluate(FAULTS)]
    spaced.evaluate("each => each.remove()")
    page.evaluate(DOUBLED)
    return found + [f"doubled {each}" for each in page.evaluate(FAULTS)]
