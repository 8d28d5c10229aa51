//! What is ticked off, and what stands beside a list.

use crate::{
    texts::gallery as texts,
    widgets::{
        Checklist, PersonPicker, SidePanel,
        checklist::{Brought, Count, Material},
    },
};
use std::collections::BTreeMap;
use yew::prelude::*;

#[component]
pub fn Lists() -> Html {
    let counts =
        use_state_eq(|| BTreeMap::from([(AttrValue::from("ID"), Count { originals: 1, copies: 2 })]));
    let line =
        |code: &'static str, name: &'static str, required: bool, tolerable: bool, asked: Count| Material {
            code: code.into(),
            name: name.into(),
            says: if required { texts::look_at().to_owned() } else { String::new() },
            required,
            tolerable,
            asked,
            count: counts.get(code).copied().unwrap_or_default(),
        };
    let materials = vec![
        line("ID", texts::identity_card(), true, false, Count::asked(1, 2)),
        line("APP", texts::application(), true, false, Count::asked(1, 0)),
        line("CARD", texts::bank_card(), false, true, Count::asked(0, 1)),
    ];
    let on_brought = {
        let (counts, lines) = (counts.clone(), materials.clone());
        Callback::from(move |brought| {
            let mut next = (*counts).clone();
            match brought {
                Brought::Tick(code) => {
                    let line = lines.iter().find(|line| line.code == code);
                    next.insert(code, line.map(|line| line.count.ticked(line.asked)).unwrap_or_default());
                }
                Brought::Count(code, part, number) => next.entry(code).or_default().put(part, number),
            }
            counts.set(next);
        })
    };
    let marks = html! { <span class="chip state">{ texts::state() }</span> };
    let ways = html! { <button class="button small quiet">{ texts::look() }</button> };
    let about = html! { <p>{ texts::note_box() }</p> };
    let foot = html! { <button class="button primary">{ texts::accept() }<kbd>{ "Enter" }</kbd></button> };
    html! {
        <>
            <section class="card list">
                <header><h2>{ texts::checklist() }</h2><span class="dense soft">{ texts::checklist_keys() }</span></header>
                <Checklist {materials} {on_brought} />
                <header><h2>{ texts::person() }</h2></header>
                <div class="body">
                    <PersonPicker id="g-person" label={texts::person()} none={texts::nobody()} on_person={Callback::noop()} />
                </div>
            </section>
            <section class="card list beside">
                <SidePanel label={texts::panel()} case="g-panel" title={texts::large_text()} {marks} {ways} {about} {foot}>
                    <section class="scroll spring"><p class="dense soft">{ texts::panel_says() }</p></section>
                </SidePanel>
            </section>
        </>
    }
}
