//! One thing at a time: who, what, materials, a last look. It can be left at any moment.

use super::{
    ApplicantCard, Draft, Edit, ExtraCard, MaterialsCard, Pick, UnfinishedList, draft::Step, kept::keep,
    register::FromRegister,
};
use crate::{
    dom,
    keys::use_page_keys,
    live::{Told, use_here},
    place,
    texts::record as texts,
    widgets::Icon,
};
use daiban_domain::item::field::Form;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub edit: Callback<Edit>,
    /// What is still open, and that it keeps nobody from saving.
    pub gaps: AttrValue,
    pub save: Callback<()>,
    pub saving: bool,
    /// Shows all of it on one page.
    pub dense: Callback<MouseEvent>,
}

#[component]
pub fn Wizard(props: &Props) -> Html {
    let Props { draft, edit, gaps, save, saving, dense } = props;
    let here = use_here();
    let step = draft.step;
    use_effect_with(step, |step| {
        dom::focus(match step {
            Step::Who => "#register-search",
            Step::What => "#item-search",
            Step::Materials => ".material .tick",
            Step::Check => "#save",
        });
    });
    let onward = {
        let (draft, edit, save) = (draft.clone(), edit.clone(), save.clone());
        Callback::from(move |()| match (draft.step, draft.step.next()) {
            // Without an item there is nothing to go on with.
            (Step::What, _) if draft.item.is_none() => {}
            (_, Some(next)) => edit.emit(Edit::Step(next)),
            (_, None) => save.emit(()),
        })
    };
    {
        let (onward, covered) = (onward.clone(), here.covered);
        use_page_keys(move |event| {
            let next = !covered && event.ctrl_key() && event.key() == "Enter";
            if next {
                onward.emit(());
            }
            next
        });
    }
    let back = step.before().map(|before| edit.reform(move |_: MouseEvent| Edit::Step(before)));
    let aside = {
        let (draft, edit, here) = (draft.clone(), edit.clone(), here.clone());
        Callback::from(move |_: MouseEvent| {
            // Now, not a moment later: by then there is no page that would.
            if draft.id != 0 && draft.worth_keeping() {
                keep(&draft);
            }
            here.tell.emit(Told::Done(texts::left_for_later().to_owned()));
            here.go(place::Step::Go(place::Page::Home));
            edit.emit(Edit::Aside);
        })
    };
    let on_pick = {
        let edit = edit.clone();
        Callback::from(move |picked: Edit| {
            edit.emit(picked);
            edit.emit(Edit::Step(Step::Materials));
        })
    };
    let next = onward.reform(|_: MouseEvent| ());
    let stuck = step == Step::What && draft.item.is_none();
    html! {
        <div class="page wizard" data-step={step.id()}>
            <div class="head row">
                <h1>{ texts::title() }</h1>
                if let Some(item) = &draft.item {
                    <span id="item-name" class="soft clip">{ &item.name }</span>
                    <span class="chip mark">{ &item.handling_type_name }</span>
                }
                <span class="spring" />
                <button id="dense" class="button small quiet" onclick={dense.clone()}>{ texts::dense() }</button>
            </div>
            <ol class="steps" aria-label={texts::steps()}>
                { for Step::ALL.into_iter().map(|each| stage(each, draft, edit)) }
                <li>{ texts::receipt() }</li>
            </ol>
            <div class="stage">
                { match step {
                    Step::Who => html! {
                        <>
                            <ApplicantCard draft={draft.clone()} edit={edit.clone()} />
                            <div class="column">
                                <FromRegister edit={edit.clone()} />
                                <UnfinishedList at_hand={draft.id} edit={edit.clone()} />
                            </div>
                        </>
                    },
                    Step::What => html! { <Pick {on_pick} /> },
                    Step::Materials => html! {
                        <>
                            <MaterialsCard draft={draft.clone()} edit={edit.clone()} />
                            <ExtraCard draft={draft.clone()} edit={edit.clone()} />
                        </>
                    },
                    Step::Check => html! { <Check draft={draft.clone()} edit={edit.clone()} /> },
                } }
            </div>
            <div class="foot row">
                if let Some(back) = back { <button id="step-back" class="button" onclick={back}>{ texts::back() }</button> }
                <button id="aside" class="button quiet" onclick={aside}>{ texts::aside() }</button>
                <p id="gaps" class="says spring">
                    if matches!(step, Step::Materials | Step::Check) { <Icon name="info" /><span>{ gaps }</span> }
                </p>
                if let Some(to) = step.next() {
                    <button id="step-next" class="button primary" onclick={next} disabled={stuck}>
                        { texts::next(named(to)) }<kbd>{ "Ctrl Enter" }</kbd>
                    </button>
                } else {
                    <button id="save" class="button primary" onclick={next} disabled={*saving}>
                        { texts::save() }<kbd>{ "Ctrl Enter" }</kbd>
                    </button>
                }
            </div>
        </div>
    }
}

fn named(step: Step) -> &'static str {
    match step {
        Step::Who => texts::who(),
        Step::What => texts::what(),
        Step::Materials => texts::materials(),
        Step::Check => texts::check(),
    }
}

/// A step with what it has come to; those behind lead back.
fn stage(step: Step, draft: &Draft, edit: &Callback<Edit>) -> Html {
    let says = match (step, &draft.item) {
        (Step::Who, _) => draft.applicant.name.clone(),
        (Step::What, Some(item)) => item.plain_name.clone(),
        (Step::Materials, Some(item)) => {
            let got = item.materials.iter().filter(|one| draft.count(&one.material_code).any()).count();
            texts::received(got, item.materials.len())
        }
        _ => String::new(),
    };
    let past = (step as u8) < draft.step as u8;
    let current = (step == draft.step).then_some("step");
    let onclick = edit.reform(move |_: MouseEvent| Edit::Step(step));
    html! {
        <li key={step.id()} class={past.then_some("past")} aria-current={current}>
            if past {
                <button class="plain" {onclick}>{ named(step) }</button>
            } else {
                { named(step) }
            }
            <small class="clip">{ says }</small>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct CheckProps {
    draft: Rc<Draft>,
    edit: Callback<Edit>,
}

/// All of it once more, to be read to who asks.
#[component]
fn Check(CheckProps { draft, edit }: &CheckProps) -> Html {
    let today = use_here().desk.today;
    let who = &draft.applicant;
    let Some(item) = &draft.item else { return html! {} };
    let form = Form::of(&item.fields);
    let answers = |key: &str| draft.answer(key);
    let said = draft.questions(&form, today).into_iter().filter_map(|asked| {
        let value = form.value(asked, &answers, today);
        (!value.is_empty()).then(|| (asked.field.label.clone(), asked.says(&value)))
    });
    let got = item.materials.iter().filter_map(|material| {
        let count = draft.count(&material.material_code);
        let part = |count: u16, says: fn(u16) -> String| (count > 0).then(|| says(count));
        let counts = [part(count.originals, texts::originals), part(count.copies, texts::copies)];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        count.any().then(|| (material.name.clone(), counts.join("\u{3000}")))
    });
    let got: Vec<_> = got.collect();
    let facts = [
        (texts::name(), &who.name),
        (texts::number(), &who.id_no),
        (texts::phone(), &who.phone),
        (texts::address(), &who.address),
    ];
    html! {
        <section class="card list check">
            <div class="body scroll" tabindex="0">
                { titled(texts::applicant(), Step::Who, edit) }
                <dl class="facts">
                    { for facts.into_iter().map(|(label, value)| html! { <><dt>{ label }</dt><dd>{ if value.is_empty() { texts::nobody() } else { value } }</dd></> }) }
                </dl>
                { titled(texts::item(), Step::What, edit) }
                <p>{ &item.name }</p>
                { titled(texts::got(), Step::Materials, edit) }
                if got.is_empty() { <p class="soft">{ texts::none_got() }</p> }
                <dl class="facts">
                    { for got.into_iter().map(|(name, counts)| html! { <><dt>{ counts }</dt><dd>{ name }</dd></> }) }
                </dl>
                { titled(texts::answers(), Step::Materials, edit) }
                <dl class="facts">
                    { for said.map(|(label, says)| html! { <><dt>{ label }</dt><dd>{ says }</dd></> }) }
                </dl>
            </div>
        </section>
    }
}

fn titled(title: &'static str, step: Step, edit: &Callback<Edit>) -> Html {
    let onclick = edit.reform(move |_: MouseEvent| Edit::Step(step));
    html! {
        <h2 class="row">
            { title }
            <button class="button tiny quiet" {onclick} aria-label={texts::change_label(named(step))}>
                <Icon name="pencil" />{ texts::change() }
            </button>
        </h2>
    }
}
