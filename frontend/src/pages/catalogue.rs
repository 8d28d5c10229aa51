//! 事项目录: what the rules find in it, and the drafts that are to change it.

use crate::{
    catalogue::{Draft, Drafts, Findings},
    dom,
    live::use_here,
    texts::catalogue as texts,
    widgets::{Icon, PaperButton},
};
use daiban_contract::act::PaperOf;
use yew::prelude::*;

#[component]
pub fn CataloguePage() -> Html {
    let here = use_here();
    let drafts = use_state_eq(|| false);
    let at = use_state_eq(|| None::<AttrValue>);
    use_effect_with((), |()| {
        dom::focus("#see-findings");
    });
    let button = |id: &'static str, of: bool, says: &'static str| {
        let (drafts, pressed) = (drafts.clone(), (*drafts == of).to_string());
        let onclick = Callback::from(move |_: MouseEvent| drafts.set(of));
        html! { <button {id} aria-pressed={pressed} {onclick}>{ says }</button> }
    };
    let choose = {
        let at = at.clone();
        Callback::from(move |number| at.set(Some(number)))
    };
    html! {
        <div class="page catalogue">
            <div class="head row">
                <h1>{ texts::title() }</h1><span class="soft">{ texts::version(&here.desk.catalogue) }</span>
                <span class="spring" />
                <PaperButton id="print-changes" says={texts::print_changes()} of={PaperOf::Changes {}} />
                <span class="segments" role="group" aria-label={texts::which()}>
                    { button("see-findings", false, texts::findings()) }
                    { button("see-drafts", true, texts::drafts()) }
                </span>
            </div>
            if *drafts {
                <div class="drafts">
                    <Drafts at={(*at).clone()} {choose} />
                    <div class="one">
                        if let Some(draft_no) = &*at { <Draft key={draft_no.to_string()} draft_no={draft_no.clone()} /> }
                        else { <div class="empty"><Icon name="file-text" /><p>{ texts::choose() }</p></div> }
                    </div>
                </div>
            } else {
                <Findings />
            }
        </div>
    }
}
