//! 居民: the register. Found by name, initials or number; one person at the right.

use crate::{
    dom,
    live::{use_answer, use_here},
    place::{Over, Step},
    record::Edit,
    residents::PersonPanel,
    texts::residents as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{ask, view::ResidentRow};
use daiban_domain::DocumentId;
use std::rc::Rc;
use yew::prelude::*;

/// As many as the desk names.
const SHOWN: usize = 50;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// To begin with.
    #[prop_or_default]
    pub person: Option<DocumentId>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn ResidentsPage(Props { person, edit }: &Props) -> Html {
    let here = use_here();
    let text = use_state_eq(String::new);
    let chosen = use_state_eq(|| *person);
    let sought = text.trim().to_owned();
    // While nothing is typed: who came last.
    let answer = use_answer(Some(ask::Residents { search: sought.clone() }));
    let found: Rc<Vec<ResidentRow>> = answer.data.clone().unwrap_or_default();
    use_effect_with((), |()| {
        dom::focus("#resident-search");
    });
    use_effect_with(*chosen, |_| dom::reveal("#residents [aria-selected=true]"));
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(dom::value(&event)))
    };
    let choose = {
        let chosen = chosen.clone();
        use_callback((), move |id: DocumentId, ()| chosen.set(Some(id)))
    };
    let onkeydown = {
        let (found, chosen, choose) = (found.clone(), *chosen, choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let at = found.iter().position(|row| Some(row.id) == chosen);
            let to = match event.key().as_str() {
                _ if event.is_composing() => return,
                "ArrowDown" => at.map_or(0, |at| at + 1),
                "ArrowUp" => at.map_or(0, |at| at.saturating_sub(1)),
                "Enter" if at.is_some() => {
                    dom::focus("#record-person");
                    event.prevent_default();
                    return;
                }
                "Enter" => 0,
                _ => return,
            };
            found.get(to).into_iter().for_each(|row| choose.emit(row.id));
            event.prevent_default();
        })
    };
    let import = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Open(Over::Roster)))
    };
    html! {
        <div class="page residents">
            <div class="head row">
                <h1>{ texts::title() }</h1>
                if !sought.is_empty() && answer.data.is_some() {
                    <span id="residents-found" class="soft">{ texts::found(found.len()) }</span>
                }
                <span class="spring" />
                <button id="import-roster" class="button small" onclick={import}>
                    <Icon name="upload" />{ texts::import() }
                </button>
            </div>
            <section class="card list pick">
                <label class="input large">
                    <Icon name="search" />
                    <input id="resident-search" class="spring" value={(*text).clone()} {oninput} {onkeydown}
                        autocomplete="off" spellcheck="false" aria-label={texts::search_label()} placeholder={texts::search()} />
                </label>
                <Trouble failure={answer.failure.clone()} />
                <ul id="residents" class="scroll" role="listbox" tabindex="0" aria-label={texts::title()}>
                    { for found.iter().map(|row| {
                        let (choose, id) = (choose.clone(), row.id);
                        let onclick = Callback::from(move |_: MouseEvent| choose.emit(id));
                        html! {
                            <li key={row.id.to_string()} role="option" {onclick} data-resident={row.name.clone()}
                                aria-selected={(*chosen == Some(row.id)).to_string()}>
                                <b>{ words::named(&row.name) }</b><span class="soft">{ &row.address }</span>
                                <span class="dense soft">{ &row.id_no }</span>
                                <span class="dense soft">{ &row.unit_name }</span>
                                if !row.perhaps.is_empty() || !row.contradicting.is_empty() {
                                    <span class="chip doubt">{ texts::others() }</span>
                                }
                            </li>
                        }
                    }) }
                </ul>
                if !sought.is_empty() && found.len() >= SHOWN { <p class="dense soft more">{ texts::first_only(SHOWN) }</p> }
                if sought.is_empty() && !found.is_empty() {
                    <p class="dense soft more">{ texts::latest_only() }</p>
                } else if sought.is_empty() && answer.data.is_some() {
                    <div class="empty"><Icon name="users" /><p>{ texts::type_two() }</p></div>
                } else if answer.data.is_some() && found.is_empty() {
                    <div class="empty"><Icon name="users" /><p>{ texts::nobody(&sought) }</p></div>
                }
            </section>
            if let Some(id) = *chosen {
                <PersonPanel key={id.to_string()} {id} edit={edit.clone()} on_person={choose} />
            } else {
                <section class="card list"><div class="empty"><Icon name="user" /><p>{ texts::choose() }</p></div></section>
            }
        </div>
    }
}
