//! Ctrl K: everything of the window by typing it: cases, residents, guides, notices, and what can be done.

mod deeds;

use crate::{
    dom,
    live::{Here, use_answer, use_here},
    looks,
    place::{Over, Page, PaperIs, Step},
    texts::palette as texts,
    widgets::{
        Dialog, Icon, Trouble,
        choices::{Choice, Choices, Group},
        subject_of_code,
        table::step,
    },
    words,
};
use daiban_contract::{act::PaperOf, ask};
use daiban_domain::DocumentId;
use deeds::{Deed, found};
use yew::prelude::*;

/// Of each kind so many; what one looks for is among them or wants another letter.
const CASES: u32 = 6;
const OTHERS: usize = 4;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub on_record: Callback<()>,
    pub lock: Callback<()>,
    pub support: Callback<()>,
}

/// What Enter comes to.
#[derive(Clone)]
enum Target {
    Case(String),
    /// The list of what is found.
    Search(String),
    Guide(String),
    Person(DocumentId),
    Notice(DocumentId),
    Deed(Deed),
}

#[component]
pub fn Palette(props: &Props) -> Html {
    let here = use_here();
    let (text, marked) = (use_state_eq(String::new), use_state_eq(|| 0_usize));
    let sought = text.trim().to_owned();
    let asks = !sought.is_empty();
    let of_paper = subject_of_code(&sought).is_some();
    let search = subject_of_code(&sought).unwrap_or(&sought).to_owned();
    let cases = ask::Cases { search: Some(search), limit: CASES, ..Default::default() };
    let cases = use_answer(asks.then_some(cases));
    let residents = use_answer((asks && !of_paper).then(|| ask::Residents { search: sought.clone() }));
    let items = use_answer((asks && !of_paper).then(|| ask::Items { search: sought.clone() }));
    let notices = ask::Notices { search: sought.clone(), titles: true, limit: OTHERS as u32 };
    let notices = use_answer((asks && !of_paper).then_some(notices));
    let mut groups: Vec<(&str, Vec<(Choice, Target)>)> = Vec::new();
    if of_paper {
        let choice = choice("code", texts::check_code(), "");
        groups.push((texts::code(), vec![(choice, Target::Search(sought.clone()))]));
    }
    if let Some(list) = cases.data.as_ref().filter(|_| asks) {
        let mut rows: Vec<(Choice, Target)> = list
            .cases
            .iter()
            .map(|row| {
                let more = format!("{}\u{3000}{}\u{3000}{}", row.item_name, row.state_name, row.case_no);
                (
                    choice(&row.case_no, words::named(&row.applicant_name), &more),
                    Target::Case(row.case_no.clone()),
                )
            })
            .collect();
        if list.total > rows.len() as u64 {
            let choice = choice("all", &texts::all_found(list.total), "");
            rows.push((choice, Target::Search(sought.clone())));
        }
        groups.push((texts::cases(), rows));
    }
    if asks {
        groups.push((texts::deeds(), deeds(&sought, &here)));
    }
    if let Some(found) = residents.data.as_ref().filter(|_| asks && !of_paper) {
        let rows = found.iter().take(OTHERS).map(|row| {
            let more = format!("{}\u{3000}{}", row.unit_name, row.id_no);
            (choice(&row.id.to_string(), words::named(&row.name), &more), Target::Person(row.id))
        });
        groups.push((texts::residents(), rows.collect()));
    }
    if let Some(found) = items.data.as_ref().filter(|_| asks && !of_paper) {
        let rows = found.iter().take(OTHERS).map(|row| {
            let choice = choice(&row.item_id, &row.name, &row.plain_name);
            (choice, Target::Guide(row.item_id.clone()))
        });
        groups.push((texts::items(), rows.collect()));
    }
    if let Some(list) = notices.data.as_ref().filter(|_| asks && !of_paper) {
        let rows = list.notices.iter().map(|row| {
            let more = format!("{}\u{3000}{}", row.issuer, words::near_day(row.on, here.desk.today));
            (choice(&row.id.to_string(), &row.title, &more), Target::Notice(row.id))
        });
        groups.push((texts::published(), rows.collect()));
    }
    if !asks {
        groups.push((texts::deeds(), deeds("", &here)));
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    let targets: Vec<Target> =
        groups.iter().flat_map(|(_, rows)| rows.iter().map(|(_, target)| target.clone())).collect();
    let groups: Vec<Group> = groups
        .into_iter()
        .map(|(name, rows)| Group {
            name: name.into(),
            choices: rows.into_iter().map(|(choice, _)| choice).collect(),
        })
        .collect();
    let count = targets.len();
    let at = (*marked).min(count.saturating_sub(1));
    let close = {
        let here = here.clone();
        Callback::from(move |()| here.go(Step::Back))
    };
    let choose = {
        let (here, targets) = (here.clone(), targets.clone());
        let (record, lock, support) = (props.on_record.clone(), props.lock.clone(), props.support.clone());
        Callback::from(move |at: usize| {
            let Some(target) = targets.get(at) else { return };
            // The sheet goes first: what comes may be another one.
            here.go(Step::Back);
            match target.clone() {
                Target::Case(case_no) => {
                    here.go(Step::Go(Page::Case { case_no: case_no.into(), begin: None }))
                }
                Target::Person(id) => here.go(Step::Go(Page::Residents { person: Some(id) })),
                Target::Notice(id) => here.go(Step::Go(Page::Notices { notice: Some(id) })),
                Target::Search(text) => here.go(Step::Search(text)),
                Target::Guide(item_id) => {
                    let guide = PaperOf::Guide { item_id, version: None };
                    here.go(Step::Open(Over::Paper(PaperIs::Other(guide))));
                }
                Target::Deed(Deed::Go(page)) => here.go(Step::Go(page)),
                Target::Deed(Deed::Open(over)) => here.go(Step::Open(over)),
                Target::Deed(Deed::Record) => record.emit(()),
                Target::Deed(Deed::Lock) => lock.emit(()),
                Target::Deed(Deed::Support) => support.emit(()),
                Target::Deed(Deed::Look(look)) => looks::toggle(look),
            }
        })
    };
    let oninput = {
        let (text, marked) = (text.clone(), marked.clone());
        Callback::from(move |event: InputEvent| {
            text.set(dom::value(&event));
            marked.set(0);
        })
    };
    let onkeydown = {
        let (marked, choose) = (marked.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                _ if event.is_composing() => return,
                "Enter" => choose.emit(at),
                key @ ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp") => {
                    step(key, at, count, 8).into_iter().for_each(|to| marked.set(to));
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let others = residents.data.is_some() && items.data.is_some() && notices.data.is_some();
    let answered = cases.data.is_some() && others;
    html! {
        <Dialog id="palette" label={texts::label()} class="palette" first="#palette-search" on_close={close}>
            <label class="input large">
                <Icon name="search" />
                <input id="palette-search" role="combobox" class="spring" value={(*text).clone()} {oninput} {onkeydown}
                    autocomplete="off" spellcheck="false" placeholder={texts::hint()} aria-label={texts::label()}
                    aria-expanded="true" aria-controls="palette-found" aria-autocomplete="list"
                    aria-activedescendant={(count > 0).then(|| format!("palette-found-{at}"))} />
            </label>
            <Trouble failure={cases.failure.clone()} />
            <Choices id="palette-found" label={texts::label()} {groups} marked={at} on_choose={choose} />
            if count == 0 && answered { <p class="soft" role="status">{ texts::nothing(&sought) }</p> }
            <p class="small faint">{ texts::keys() }</p>
        </Dialog>
    }
}

fn choice(id: &str, says: &str, more: &str) -> Choice {
    Choice { id: id.to_owned().into(), says: says.to_owned().into(), more: more.to_owned().into() }
}

fn deeds(text: &str, here: &Here) -> Vec<(Choice, Target)> {
    let found = found(text, here.desk.level).into_iter();
    found
        .map(|offered| (choice(offered.says, offered.says, offered.key), Target::Deed(offered.deed)))
        .collect()
}
