//! A table of any length: only the rows near those that are seen are drawn. Its person sorts it, sizes and moves its columns, with
//! the mouse or by keys, and finds it as they left it.

mod columns;
mod header;
mod pages;
mod view;

pub use columns::{Column, Layout};
pub use pages::{Pages, use_pages};
pub use view::step;

use crate::{dom, keys::use_page_keys, looks};
use header::Header;
use std::{ops::Range, rc::Rc};
use view::Area;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlElement;
use yew::prelude::*;

/// More can't be laid out: no browser has a place for the pixels.
pub const MOST: usize = 500_000;

/// In which order the rows come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorted {
    pub by: &'static str,
    pub ascending: bool,
}

/// A row to be drawn.
#[derive(Clone, PartialEq)]
pub struct Line {
    pub at: usize,
    pub marked: bool,
    pub layout: Rc<Layout>,
    /// Of its element.
    pub id: AttrValue,
    pub on_mark: Callback<usize>,
}

impl Line {
    pub fn style(&self) -> String {
        format!("top: calc({} * var(--row-dense))", self.at)
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Of the grid; under this name its columns are kept.
    pub id: AttrValue,
    /// Of what holds the rows.
    pub rows_id: AttrValue,
    pub label: AttrValue,
    pub columns: Vec<Column>,
    /// Names what is listed: another list begins at its top.
    pub list: AttrValue,
    pub count: usize,
    pub marked: Option<usize>,
    pub on_mark: Callback<usize>,
    #[prop_or_default]
    pub sorted: Option<Sorted>,
    #[prop_or_default]
    pub on_sort: Callback<&'static str>,
    /// The rows that are drawn from now on.
    #[prop_or_default]
    pub on_view: Callback<Range<usize>>,
    /// Draws a row: an element with `role="row"`, the class `line` and the line's id and style.
    pub row: Callback<Line, Html>,
    /// The arrows are its own wherever the focus is, but in a field that is being typed in.
    #[prop_or_default]
    pub has_keys: bool,
}

#[component]
pub fn Table(props: &Props) -> Html {
    let (grid, body) = (use_node_ref(), use_node_ref());
    let count = props.count.min(MOST);
    let drawn = use_state_eq(|| 0..0);
    let kept = {
        let id = props.id.clone();
        use_state_eq(move || looks::kept(&name_of(&id)))
    };
    let layout = Rc::new(Layout::of(&props.columns, &kept));
    let measure = {
        let (grid, body) = (grid.clone(), body.clone());
        move || area(&grid, &body, count)
    };
    let look = {
        let (measure, drawn, on_view) = (measure.clone(), drawn.setter(), props.on_view.clone());
        move || {
            let now = measure().map_or(0..count.min(50), |area| area.drawn(count));
            on_view.emit(now.clone());
            drawn.set(now);
        }
    };
    {
        let grid = grid.clone();
        use_effect_with(props.list.clone(), move |_| {
            if let Some(grid) = grid.cast::<HtmlElement>() {
                grid.set_scroll_top(0);
            }
        });
    }
    {
        let look = look.clone();
        use_effect_with((count, props.list.clone()), move |_| look());
    }
    use_resized(look.clone());
    {
        let (measure, grid, marked) = (measure.clone(), grid.clone(), props.marked);
        use_effect_with((marked, props.list.clone()), move |_| {
            let to = marked.zip(measure()).and_then(|(at, area)| area.reveals(at));
            if let (Some(to), Some(grid)) = (to, grid.cast::<HtmlElement>()) {
                grid.set_scroll_top(to.ceil() as i32);
            }
        });
    }
    {
        let (on_mark, marked, awake) = (props.on_mark.clone(), props.marked, props.has_keys);
        use_page_keys(move |event| {
            let searching = dom::target_id(event.target()) == "search";
            let typing = dom::takes_text(event.target()) && !searching;
            // In the search line the caret has its own use for these two.
            let carets = searching && matches!(event.key().as_str(), "Home" | "End");
            let modified = event.ctrl_key() || event.alt_key() || event.shift_key();
            if !awake || typing || carets || modified {
                return false;
            }
            let page = measure().map_or(1, |area| area.page());
            let to = step(&event.key(), marked.unwrap_or_default(), count, page);
            to.into_iter().for_each(|to| on_mark.emit(to));
            to.is_some()
        });
    }
    let on_layout = {
        let (kept, id) = (kept.clone(), props.id.clone());
        Callback::from(move |layout: Layout| {
            looks::keep(&name_of(&id), &layout.kept());
            kept.set(layout.kept());
        })
    };
    let onscroll = Callback::from(move |_: Event| look());
    // A list that has just become shorter is measured a moment later.
    let shown = drawn.start.min(count)..drawn.end.min(count);
    let row_id = |at: usize| AttrValue::from(format!("{}-{at}", props.rows_id));
    let active = props.marked.filter(|at| shown.contains(at)).map(row_id);
    let style = format!("--columns: {}; --columns-large: {}", layout.template(true), layout.template(false));
    html! {
        <div id={props.id.clone()} ref={grid} class="table scroll" role="grid" tabindex="0" {style} {onscroll}
            aria-label={props.label.clone()} aria-rowcount={(count + 1).to_string()} aria-activedescendant={active}>
            <Header layout={layout.clone()} sorted={props.sorted} on_sort={props.on_sort.clone()} {on_layout} />
            <div id={props.rows_id.clone()} ref={body} class="lines" role="rowgroup"
                style={format!("height: calc({count} * var(--row-dense))")}>
                { for shown.map(|at| {
                    let marked = props.marked == Some(at);
                    let (layout, on_mark) = (layout.clone(), props.on_mark.clone());
                    props.row.emit(Line { at, marked, layout, id: row_id(at), on_mark })
                }) }
            </div>
        </div>
    }
}

fn name_of(id: &str) -> String {
    format!("table.{id}")
}

fn area(grid: &NodeRef, body: &NodeRef, count: usize) -> Option<Area> {
    let (grid, body) = (grid.cast::<HtmlElement>()?, body.cast::<HtmlElement>()?);
    if count == 0 {
        return None;
    }
    Some(Area {
        top: f64::from(grid.scroll_top()),
        height: f64::from(grid.client_height()),
        header: f64::from(body.offset_top()),
        row: f64::from(body.offset_height()) / count as f64,
    })
}

/// Runs when the window has another size, or its text.
#[hook]
fn use_resized(run: impl Fn() + 'static) {
    let latest = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    *latest.borrow_mut() = Some(Rc::new(run));
    use_effect_with((), move |()| {
        let heard = Closure::<dyn Fn()>::new(move || {
            let run = latest.borrow().clone();
            run.into_iter().for_each(|run| run());
        });
        let window = web_sys::window();
        if let Some(window) = &window {
            let _ = window.add_event_listener_with_callback("resize", heard.as_ref().unchecked_ref());
        }
        move || {
            if let Some(window) = window {
                let _ = window.remove_event_listener_with_callback("resize", heard.as_ref().unchecked_ref());
            }
        }
    });
}
