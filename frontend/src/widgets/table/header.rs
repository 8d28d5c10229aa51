//! The header of a table. One of its cells has the Tab stop; the arrows go from one to the next.

use super::{Layout, Sorted};
use crate::{dom, texts::table as texts};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A press of a key makes a column so much wider, rem.
const KEY_STEP: f32 = 0.5;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub layout: Rc<Layout>,
    pub sorted: Option<Sorted>,
    pub on_sort: Callback<&'static str>,
    pub on_layout: Callback<Layout>,
}

/// An edge that is being dragged.
#[derive(Clone, Copy)]
struct Drag {
    from_x: i32,
    width: f32,
    /// Pixels, at the size of text that the window has.
    rem: f32,
}

#[component]
pub fn Header(props: &Props) -> Html {
    let stop = use_state_eq(|| 0_usize);
    let drag = use_mut_ref(|| None::<Drag>);
    let columns = props.layout.columns();
    html! {
        <div class="line header" role="row" aria-rowindex="1">
            { for columns.iter().enumerate().map(|(at, column)| {
                let id = column.id;
                let sorted = props.sorted.filter(|sorted| sorted.by == id);
                let sort = match sorted {
                    Some(sorted) if sorted.ascending => Some("ascending"),
                    Some(_) => Some("descending"),
                    None => column.sorts.then_some("none"),
                };
                let on_sort = column.sorts.then(|| props.on_sort.clone());
                let onclick = {
                    let on_sort = on_sort.clone();
                    Callback::from(move |_: MouseEvent| on_sort.iter().for_each(|sort| sort.emit(id)))
                };
                let onkeydown = {
                    let (layout, on_layout, stop) = (props.layout.clone(), props.on_layout.clone(), stop.clone());
                    Callback::from(move |event: KeyboardEvent| {
                        let right = event.key() == "ArrowRight";
                        match event.key().as_str() {
                            "Enter" | " " => on_sort.iter().for_each(|sort| sort.emit(id)),
                            "ArrowLeft" | "ArrowRight" if event.shift_key() && event.ctrl_key() => {
                                let moved = layout.moved(id, right);
                                stop.set(moved.columns().iter().position(|column| column.id == id).unwrap_or(at));
                                on_layout.emit(moved);
                            }
                            "ArrowLeft" | "ArrowRight" if event.shift_key() => {
                                let by = if right { KEY_STEP } else { -KEY_STEP };
                                let width = layout.columns()[at].width;
                                width.iter().for_each(|width| on_layout.emit(layout.sized(id, width + by)));
                            }
                            "ArrowLeft" | "ArrowRight" if !event.alt_key() => {
                                let to = if right { at + 1 } else { at.saturating_sub(1) };
                                let to = to.min(layout.columns().len() - 1);
                                stop.set(to);
                                dom::focus_among(&event, to);
                            }
                            _ => return,
                        }
                        event.prevent_default();
                        event.stop_propagation();
                    })
                };
                let left = props.layout.grows_left(id);
                html! {
                    <span key={id} role="columnheader" data-column={id} aria-sort={sort} {onclick} {onkeydown}
                        tabindex={if at == (*stop).min(columns.len() - 1) { "0" } else { "-1" }}
                        class={classes!(column.roomy.then_some("when-roomy"), column.sorts.then_some("sorts"))}
                        title={if column.sorts { texts::keys_sort() } else { texts::keys() }}>
                        <span class="clip">{ column.name }</span>
                        if let Some(sorted) = sorted { <i aria-hidden="true">{ if sorted.ascending { "↑" } else { "↓" } }</i> }
                        if column.width.is_some() { { edge(props, at, left, &drag) } }
                    </span>
                }
            }) }
        </div>
    }
}

/// Where a column is taken hold of. What stands right of the column that takes the rest grows to the left.
fn edge(props: &Props, at: usize, left: bool, drag: &Rc<std::cell::RefCell<Option<Drag>>>) -> Html {
    let column = &props.layout.columns()[at];
    let (id, width) = (column.id, column.width.unwrap_or_default());
    let onpointerdown = {
        let drag = drag.clone();
        Callback::from(move |event: PointerEvent| {
            let edge = event.target_dyn_into::<HtmlElement>();
            let Some(cell) = edge.as_ref().and_then(|edge| edge.parent_element()) else { return };
            let rem = cell.client_width() as f32 / width;
            *drag.borrow_mut() = Some(Drag { from_x: event.client_x(), width, rem });
            edge.into_iter().for_each(|edge| _ = edge.set_pointer_capture(event.pointer_id()));
            event.prevent_default();
        })
    };
    let onpointermove = {
        let (drag, layout, on_layout) = (drag.clone(), props.layout.clone(), props.on_layout.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(drag) = *drag.borrow() else { return };
            let by = (event.client_x() - drag.from_x) as f32 / drag.rem;
            on_layout.emit(layout.sized(id, drag.width + if left { -by } else { by }));
        })
    };
    let onpointerup = {
        let drag = drag.clone();
        Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None)
    };
    // The click that ends a drag doesn't sort.
    let onclick = Callback::from(|event: MouseEvent| event.stop_propagation());
    html! {
        <b class={classes!("edge", left.then_some("left"))} aria-hidden="true" {onpointerdown} {onpointermove}
            onpointercancel={onpointerup.clone()} {onpointerup} {onclick} />
    }
}
