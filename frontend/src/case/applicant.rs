//! The applicant: what is masked is shown for a reason, and each line can be corrected where it stands.

use super::{Props, sides::Sides, unmask::Unmask};
use crate::{
    dom,
    live::{Told, use_here},
    says::{self, Says},
    texts::applicant as texts,
    widgets::{Answer, Beneath, Icon},
};
use daiban_contract::{
    act::Set,
    view::{CaseView, DeskView, FieldView},
};
use daiban_domain::{
    UnitCode, check,
    item::field::{Field, Kind},
};
use jiff::civil::Date;
use yew::prelude::*;

#[component]
pub fn ApplicantCard(Props { case }: &Props) -> Html {
    let desk = use_here().desk;
    let who = &case.applicant;
    let lines = lines(case);
    html! {
        <section class="card applicant">
            <header><h2>{ texts::applicant() }</h2><span class="dense soft">{ texts::recorded_by(&case.unit_name) }</span></header>
            <div class="body">
                { for case.conflicts.iter().map(|conflict| html! {
                    <Sides key={conflict.path.clone()} case_no={case.case_no.clone()} conflict={conflict.clone()} />
                }) }
                <dl class="facts">
                    { for lines.into_iter().map(|(path, label, value)| html! {
                        <Line key={format!("{} {path}", case.case_no)} case_no={case.case_no.clone()} {path} {label}
                            value={value.clone()} masked={case.masked.iter().any(|known| known == path)} id_type={who.id_type.clone()} required={!may_be_empty(path)} correctable={may_correct(case, path)} />
                    }) }
                    { for case.fields.iter().filter(|field| stands_apart(case, field)).map(|field| html! {
                        <Line key={format!("{} {}", case.case_no, field.key)} case_no={case.case_no.clone()}
                            path={format!("fields.{}", field.key)} label={field.label.clone()} value={field.value.clone()}
                            says={said(field, &desk)} masked={case.masked.contains(&format!("fields.{}", field.key))} kind={Kind::of(&field.kind).unwrap_or(Kind::Text)}
                            options={field.options.clone()} required={field.required} correctable={may_correct(case, &format!("fields.{}", field.key))} />
                    }) }
                </dl>
            </div>
        </section>
    }
}

/// Parts that not everybody has.
const OF_SOME: [&str; 7] = [
    "applicant.legalRepresentative",
    "applicant.handlerName",
    "applicant.handlerIdNo",
    "applicant.guardianName",
    "applicant.guardianIdNo",
    "applicant.birth",
    "applicant.contact",
];

fn may_be_empty(path: &str) -> bool {
    OF_SOME.contains(&path)
}

/// What stands of the applicant: what everybody has, and of the rest what was said or is still to be.
fn lines(case: &CaseView) -> Vec<(&'static str, &'static str, &String)> {
    let who = &case.applicant;
    let organisation = who.organisation();
    let guarded = [&who.guardian_name, &who.guardian_id_no, &who.birth].iter().any(|part| !part.is_empty());
    let child = who.id_no.starts_with(check::NEWBORN) || who.id_no.is_empty() && guarded;
    let number = match who.id_type.as_str() {
        check::RESIDENT_CARD => texts::id_no(),
        kind => check::id_kind_name(kind),
    };
    let basics = [
        ("applicant.name", if organisation { texts::organisation() } else { texts::name() }, &who.name),
        ("applicant.idNo", number, &who.id_no),
    ];
    let more = [
        ("applicant.legalRepresentative", texts::legal(), &who.legal_representative),
        ("applicant.handlerName", texts::handler(), &who.handler_name),
        ("applicant.handlerIdNo", texts::handler_no(), &who.handler_id_no),
        ("applicant.guardianName", texts::guardian(), &who.guardian_name),
        ("applicant.guardianIdNo", texts::guardian_no(), &who.guardian_id_no),
        ("applicant.birth", texts::birth(), &who.birth),
        ("applicant.contact", texts::contact(), &who.contact),
    ];
    let ways = [
        ("applicant.phone", texts::phone(), &who.phone),
        (
            "applicant.address",
            if organisation { texts::organisation_address() } else { texts::address() },
            &who.address,
        ),
    ];
    let concerns = |path: &str| match path {
        "applicant.contact" => !organisation && who.phone.is_empty(),
        "applicant.guardianName" | "applicant.guardianIdNo" | "applicant.birth" => child,
        _ => organisation,
    };
    let stands = |path: &str, value: &str| !value.is_empty() || concerns(path) && may_correct(case, path);
    let said = more.into_iter().filter(|(path, _, value)| stands(path, value));
    basics.into_iter().chain(said).chain(ways).collect()
}

fn may_correct(case: &CaseView, path: &str) -> bool {
    case.correctable.iter().any(|known| known == path)
}

/// Not one of the lines above, and filled in or still to be.
fn stands_apart(case: &CaseView, field: &FieldView) -> bool {
    let kind = Kind::of(&field.kind);
    let typed = Field { key: field.key.clone(), kind: field.kind.clone(), ..Field::default() };
    let open = field.asked
        && (field.required || may_correct(case, &format!("fields.{}", field.key)))
        && kind != Some(Kind::File);
    typed.of_applicant().is_none() && (!field.value.is_empty() || open)
}

/// A division by its name, if this desk knows it.
fn said(field: &FieldView, desk: &DeskView) -> String {
    let unit = field.value.parse::<UnitCode>().ok();
    let unit = unit.and_then(|code| desk.units.iter().find(|unit| unit.code == code));
    unit.map_or_else(|| field.says.clone(), |unit| unit.name.clone())
}

#[derive(Properties, PartialEq)]
struct LineProps {
    case_no: AttrValue,
    path: AttrValue,
    label: AttrValue,
    value: AttrValue,
    /// Something of the value is hidden.
    #[prop_or_default]
    masked: bool,
    /// The applicant's kind of paper.
    #[prop_or_default]
    id_type: AttrValue,
    /// The value as it is read; as it is, where there is nothing else to say.
    #[prop_or_default]
    says: AttrValue,
    #[prop_or(Kind::Text)]
    kind: Kind,
    #[prop_or_default]
    options: Vec<String>,
    #[prop_or(true)]
    required: bool,
    correctable: bool,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let LineProps { case_no, path, label, value, says, kind, options, required, correctable, .. } = props;
    let here = use_here();
    // The text while it is being corrected.
    let text = use_state_eq(|| None::<String>);
    // What was masked, beside what was shown in its place: another value is masked again.
    let seen = use_state_eq(|| None::<(AttrValue, String)>);
    let whole = seen.as_ref().filter(|(masked, _)| masked == value).map(|(_, whole)| whole.clone());
    let open = text.is_some();
    use_effect_with(open, |open| {
        if *open {
            dom::focus("#edit-value");
        }
    });
    let Some(typed) = (*text).clone() else {
        let known = match &whole {
            Some(whole) => whole.clone().into(),
            None if says.is_empty() => value.clone(),
            None => says.clone(),
        };
        let onclick = {
            // A number that isn't shown is typed anew.
            let typed = match whole.as_ref() {
                Some(whole) => whole.clone(),
                None if props.masked => String::new(),
                None => value.to_string(),
            };
            let text = text.clone();
            Callback::from(move |_: MouseEvent| text.set(Some(typed.clone())))
        };
        let on_shown = {
            let (seen, value) = (seen.clone(), value.clone());
            Callback::from(move |whole: String| seen.set(Some((value.clone(), whole))))
        };
        return html! {
            <>
                <dt>{ label }</dt>
                <dd class="row" data-field={path.clone()}>
                    <span class="spring">{ if known.is_empty() { texts::not_said().into() } else { known } }</span>
                    if props.masked && whole.is_none() {
                        <Unmask case_no={case_no.clone()} path={path.clone()} label={label.clone()} {on_shown} />
                    }
                    if *correctable {
                        <button class="button tiny quiet" data-edit={path.clone()} {onclick} aria-label={texts::correct(label)}>
                            <Icon name="pencil" />{ texts::correct_short() }
                        </button>
                    }
                </dd>
            </>
        };
    };
    let on_value = {
        let text = text.clone();
        Callback::from(move |value: String| text.set(Some(value)))
    };
    let close = {
        let text = text.clone();
        Callback::from(move |()| text.set(None))
    };
    let onsubmit = {
        let (here, case_no, path, label) = (here.clone(), case_no.clone(), path.clone(), label.clone());
        let (typed, close) = (typed.trim().to_owned(), close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let request = Set {
                case_no: case_no.to_string(),
                path: path.to_string(),
                value: typed.clone(),
                reason: None,
            };
            let (tell, close, done) = (here.tell.clone(), close.clone(), texts::corrected(&label));
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    close.emit(());
                    tell.emit(Told::Done(done));
                }
            });
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                close.emit(());
            }
        })
    };
    let cancel = close.reform(|_: MouseEvent| ());
    html! {
        <>
            <dt>{ label }</dt>
            <dd data-field={path.clone()}>
                <form class="row" {onsubmit}>
                    <Answer id="edit-value" label={label.clone()} kind={*kind} options={options.clone()}
                        value={typed.clone()} {on_value} required={*required} {onkeydown} says_id="edit-says" />
                    <button id="edit-save" class="button small">{ texts::done() }</button>
                    <button type="button" class="button small quiet" onclick={cancel}>{ texts::leave() }</button>
                </form>
                <Beneath id="edit-says" says={judged(props, &typed, here.desk.today)} />
            </dd>
        </>
    }
}

fn judged(props: &LineProps, text: &str, today: Date) -> Option<Says> {
    if props.path.starts_with("applicant.") {
        says::applicant(&props.path, &props.id_type, text, today)
    } else {
        says::of_kind(props.kind, &props.options, text, today)
    }
}
