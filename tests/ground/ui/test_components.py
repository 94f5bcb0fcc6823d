"""Template components: declared props, rendering, accessibility and cache."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from explor.ground.ui.components import COMPONENTS
from explor.ground.ui.parts import ProgressStep, Task
from explor.ground.ui.templatetags.ui import options


def draw(source: str, **context: object) -> str:
    """Render the template `source`, without spaces between tags."""
    text = Template(source).render(Context(context))
    return " ".join(text.split()).replace("> <", "><").strip()


def test_each_component_declares_its_purpose():
    assert [name for name, each in COMPONENTS.items() if not each.purpose] == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('{% ui "badge" label="x" size=3 %}', "composant « badge » : prop inconnue size"),
        ('{% ui "badge" %}', "composant « badge » : il manque label"),
        ('{% ui "badge" label="x" tone="loud" %}', "composant « badge » : ton inconnu loud"),
        ('{% ui "panel" title="x" %}', "composant « panel » : uiblock"),
        ('{% uiblock "badge" label="x" %}{% enduiblock %}', "composant « badge » : ui"),
    ],
)
def test_a_component_with_an_unknown_or_missing_prop_raises_an_error(source, message):
    with pytest.raises(TypeError) as raised:
        draw(source)
    assert str(raised.value) == message


def test_template_components_escape_the_texts_of_users():
    drawn = draw('{% ui "badge" label=label %}', label="<script>")
    assert drawn == '<span class="badge neutral">&lt;script&gt;</span>'


@pytest.mark.parametrize("first", [str, mark_safe])
def test_the_component_cache_distinguishes_escaped_and_safe_texts(first):
    other = mark_safe if first is str else str
    texts = {make: make(f"<b>{first.__name__}</b>") for make in (first, other)}
    drawn = {make: draw('{% ui "badge" label=label %}', label=texts[make]) for make in texts}
    assert "&lt;b&gt;" in drawn[str] and "<b>" in drawn[mark_safe]


def test_a_block_component_sees_the_variables_of_the_page():
    drawn = draw('{% uiblock "panel" title="Lieu" %}<p>{{ place }}</p>{% enduiblock %}', place="&")
    assert drawn == '<section class="panel neutral"><h2>Lieu</h2><p>&amp;</p></section>'


def test_a_blank_value_shows_dashes_and_a_text_for_screen_readers():
    drawn = draw('{% ui "facts" items=items %}', items=[("Budget", None), ("Jours", 0)])
    assert drawn == (
        '<dl class="facts"><div><dt>Budget</dt><dd><span aria-hidden="true">--</span>'
        '<span class="hidden">non renseigné</span></dd></div>'
        "<div><dt>Jours</dt><dd>0</dd></div></dl>"
    )


def test_the_button_of_a_refused_verb_stays_visible_with_the_reason():
    items = [
        {"label": "Signer", "url": "/x/", "refused": "Il manque : assurance."},
        {"label": "Refuser", "url": "/y/", "danger": True},
    ]
    assert draw('{% ui "verbs" items=items %}', items=items) == (
        '<ul class="verbs"><li><span class="button refused" role="link" aria-disabled="true">'
        "Signer</span><small>Il manque : assurance.</small></li>"
        '<li><a class="button danger" href="/y/">Refuser</a></li></ul>'
    )


def test_the_progress_component_names_the_current_step():
    steps = [
        ProgressStep(label="Besoin", state="done", when=date(2027, 1, 11)),
        ProgressStep(label="Comité", state="present"),
    ]
    drawn = draw('{% ui "progress" steps=steps %}', steps=steps)
    assert drawn.count('aria-current="step"') == 1
    assert drawn.count('<time datetime="2027-01-11">11 janvier 2027</time>') == 1
    assert drawn.count('class="dot ') == 2


def test_the_progress_component_without_steps_renders_nothing():
    assert draw('{% ui "progress" steps=steps %}', steps=[]) == ""


def test_a_late_task_of_a_home_page_is_marked_as_late_in_its_text(time_machine_at_noon):
    line = Task(title="Répondre", url="/x/", why="Délai.", until=date(2027, 4, 2), urgent=True)
    assert draw('{% ui "tasks" items=items %}', items=[line]) == (
        '<ol class="log waits"><li class="late"><p><span class="hidden">avant le</span>'
        '<time datetime="2027-04-02">2 avr.</time><small>en retard de 3 jours</small></p>'
        '<div><p><a href="/x/">Répondre</a></p><p class="small">Délai.</p></div></li></ol>'
    )


def test_an_empty_list_of_tasks_shows_how_to_begin():
    drawn = draw('{% ui "tasks" items="" begin="Décrivez un projet." %}')
    assert drawn.endswith("<p>Décrivez un projet.</p></div>")


def test_table_rows_and_cells_have_explicit_aria_roles():
    drawn = draw(
        '{% uiblock "table" caption="Besoins" columns=columns %}'
        '<tr><th scope="row">Puits</th><td data-label="Jours">{{ days }}</td></tr>{% enduiblock %}',
        columns=["Besoin", "Jours"],
        days="<td>",
    )
    assert '<tr role="row"><th role="rowheader" scope="row">Puits</th>' in drawn
    assert '<td role="cell" data-label="Jours">&lt;td&gt;</td>' in drawn
    assert drawn.count('role="columnheader"') == 2


def test_initials_of_a_name_come_from_its_first_and_last_words():
    assert '">RT</span>' in draw('{% ui "initials" of="Rémi de Tournebise" %}')


def test_the_log_component_draws_the_share_of_the_time_limit_used_by_each_entry():
    items = [{"when": date(2027, 4, 2), "title": "Signer", "used": 40, "share": "40 % du délai"}]
    drawn = draw('{% ui "log" items=items %}', items=items)
    assert 'aria-label="40 % du délai"' in drawn
    assert '<path class="b1" d="M0 0h39.4v8h-39.4z" />' in drawn


def test_a_replaced_value_is_struck_through_and_announced_in_words():
    items = [{"label": "Dates", "value": "10 février", "version": 1, "signed": "3", "was": True}]
    drawn = draw('{% ui "versions" items=items %}', items=items)
    assert "Ancienne version :" in drawn and "<del>10 février</del>" in drawn


def test_a_template_tag_may_span_several_lines():
    assert draw('{% ui "badge"\n  label="Signé"\n  tone="good"\n%}') == draw(
        '{% ui "badge" label="Signé" tone="good" %}'
    )


def test_options_escape_values_and_labels_and_select_the_chosen_one() -> None:
    drawn = options([("a", "Écoles & eau"), ("<b>", "B")], "<b>")
    assert drawn == (
        '<option value="a">Écoles &amp; eau</option>\n<option value="&lt;b&gt;" selected>B</option>'
    )
