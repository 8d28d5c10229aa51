//! The table, with more rows than anybody counts.

use crate::{
    texts::gallery as texts,
    widgets::{
        Light,
        table::{Column, Line, Sorted, Table},
    },
};
use daiban_contract::view;
use yew::prelude::*;

const MANY: usize = 100_000;

#[component]
pub fn Rows() -> Html {
    let (marked, ascending) = (use_state_eq(|| 0_usize), use_state_eq(|| true));
    let columns = vec![
        Column::new("number", texts::row_number(), 6.0).sorts(true),
        Column::new("light", texts::lights(), 9.0),
        Column::new("what", texts::row_what(), None),
        Column::new("more", texts::note(), 8.0).roomy(),
    ];
    let on_mark = {
        let marked = marked.clone();
        Callback::from(move |at| marked.set(at))
    };
    let on_sort = {
        let ascending = ascending.clone();
        Callback::from(move |_| ascending.set(!*ascending))
    };
    let up = *ascending;
    let row = Callback::from(move |line: Line| {
        let number = if up { line.at + 1 } else { MANY - line.at };
        let light = [view::Light::Green, view::Light::Blue, view::Light::Amber, view::Light::Red][number % 4];
        let onclick = {
            let (on_mark, at) = (line.on_mark.clone(), line.at);
            Callback::from(move |_: MouseEvent| on_mark.emit(at))
        };
        html! {
            <div key={line.at} id={line.id.clone()} class="line" role="row" style={line.style()} {onclick}
                aria-rowindex={(line.at + 2).to_string()} aria-selected={line.marked.to_string()}>
                { for line.layout.columns().iter().map(|column| html! {
                    <span key={column.id} role="gridcell" class={column.roomy.then_some("when-roomy")}>
                        { match column.id {
                            "number" => html! { { number } },
                            "light" => html! { <Light light={Some(light)} says={texts::green()} /> },
                            "what" => html! { { texts::row_text(number) } },
                            _ => html! { { texts::note() } },
                        } }
                    </span>
                }) }
            </div>
        }
    });
    html! {
        <section class="card wide list">
            <header><h2>{ texts::rows() }</h2><span class="dense soft">{ texts::rows_keys() }</span></header>
            <div class="table-box">
                <Table id="g-table" rows_id="g-rows" label={texts::rows()} {columns} list="gallery" count={MANY} marked={Some(*marked)}
                    {on_mark} sorted={Some(Sorted { by: "number", ascending: up })} {on_sort} {row} has_keys=false />
            </div>
        </section>
    }
}
