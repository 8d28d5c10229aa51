//! Finding the item: by its name, by what people call it, by the initials of either.

use crate::{
    dom,
    live::{use_answer, use_here},
    record::Edit,
    texts::record as texts,
    widgets::{Icon, Trouble},
};
use daiban_contract::{ask, view::ItemRow};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The item that was picked.
    pub on_pick: Callback<Edit>,
}

#[component]
pub fn Pick(Props { on_pick }: &Props) -> Html {
    let here = use_here();
    let text = use_state_eq(String::new);
    let marked = use_state_eq(|| 0_usize);
    let items = use_answer(Some(ask::Items { search: (*text).clone() }));
    let rows: Rc<Vec<ItemRow>> = items.data.clone().unwrap_or_default();
    use_effect_with((), |()| {
        dom::focus("#item-search");
    });
    use_effect_with(*marked, |_| dom::reveal("#items [aria-selected=true]"));

    let pick = {
        let (here, on_pick) = (here.clone(), on_pick.clone());
        Callback::from(move |item_id: String| {
            let on_pick = on_pick.clone();
            here.ask(ask::Item { item_id }, move |item| on_pick.emit(Edit::Item(Rc::new(item))));
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
        let (rows, marked, pick) = (rows.clone(), marked.clone(), pick.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = rows.len().saturating_sub(1);
            match event.key().as_str() {
                _ if event.is_composing() => return,
                "ArrowDown" => marked.set((*marked + 1).min(last)),
                "ArrowUp" => marked.set(marked.saturating_sub(1)),
                "Enter" => rows.get(*marked).into_iter().for_each(|row| pick.emit(row.item_id.clone())),
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <section class="card list pick">
            <label class="input large">
                <Icon name="search" />
                <input id="item-search" class="spring" value={(*text).clone()} {oninput} {onkeydown} autocomplete="off"
                    spellcheck="false" aria-label={texts::what_for()} placeholder={texts::what_for_hint()} />
            </label>
            <Trouble failure={items.failure.clone()} />
            <ul id="items" class="scroll" role="listbox" tabindex="0" aria-label={texts::item()}>
                { for rows.iter().enumerate().map(|(i, row)| {
                    let (pick, item_id) = (pick.clone(), row.item_id.clone());
                    let onclick = Callback::from(move |_: MouseEvent| pick.emit(item_id.clone()));
                    html! {
                        <li key={row.item_id.clone()} role="option" data-item={row.item_id.clone()} {onclick}
                            aria-selected={(i == *marked).to_string()}>
                            <b>{ &row.name }</b><span class="soft">{ &row.plain_name }</span>
                            <span class="dense soft">{ &row.materials_say }</span>
                            <span class="dense soft">{ &row.limit_says }</span>
                            <span class="chip mark">{ &row.handling_type_name }</span>
                        </li>
                    }
                }) }
            </ul>
            if items.data.is_some() && rows.is_empty() {
                <div class="empty">
                    <Icon name="file-search" />
                    <p>{ texts::no_such_item(&text) }</p>
                </div>
            }
        </section>
    }
}
