import json
from lxml import html
from django.conf import settings
from trust.world import side
from trust.answers import every_answer
from trust.conftest import unlogged
from support import accessible
def test_words(db, unlogged, monkeypatch):
    monkeypatch.setattr(settings,"EXPLOR_DEMO",True)
    monkeypatch.setattr(accessible,"check",lambda b,p: None)
    seen=set(); out=open("/tmp/acces-words.jsonl","w")
    T=lambda e:" ".join(e.text_content().split())
    for a in every_answer(side("Amont")):
        d=accessible.digest_of(a.response.content)
        if d in seen: continue
        seen.add(d)
        r=html.fromstring(a.response.content.decode())
        m=r.find(".//main")
        if m is None: continue
        row=dict(page=str(a),title=T(r.find(".//title")),h=[(e.tag,T(e)) for e in m.iter("h1","h2","h3","h4")],
          labels=[(T(e), e.get("for") or "") for e in r.iter("label")], legends=[T(e) for e in r.iter("legend")],
          buttons=[T(e) or e.get("aria-label") for e in m.iter("button")],
          links=[(e.get("aria-label") or T(e), e.get("href"), T(e.getparent())[:80]) for e in m.iter("a") if e.get("href")],
          fields=[(e.get("name"),e.get("type") or e.tag,e.get("autocomplete") or "") for e in r.iter("input","select","textarea") if e.get("type")!="hidden"],
          errors=[T(e) for e in r.iter("ul") if "error" in (e.get("class") or "")],
          imgs=[(e.tag,e.get("aria-label") or e.get("alt") or "") for e in m.iter("img","svg") if e.get("aria-hidden")!="true"],
          span=[e.tag for e in m.iter("th","td") if e.get("colspan") or e.get("rowspan")],
          theads=max([len(t.findall(".//thead/tr")) for t in m.iter("table")] or [0]),
          quotes=len(list(m.iter("blockquote","q"))), figures=[(e.get("role"),e.get("aria-label"),[T(c) for c in e.iter("figcaption")]) for e in m.iter("figure")],
          langs=[e.get("lang") for e in m.iter() if hasattr(e,"get") and e.get("lang")])
        out.write(json.dumps(row,ensure_ascii=False)+"\n"); out.flush()
