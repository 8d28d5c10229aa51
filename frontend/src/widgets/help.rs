//! F1: the keys.

use crate::{live::use_here, place::Step};
use yew::prelude::*;

const KEYS: [(&str, &[(&str, &str)]); 4] = [
    (
        "哪里都能用",
        &[
            ("F1", "这张表"),
            ("F2", "登记"),
            ("Ctrl K", "找办件"),
            ("Ctrl L", "锁上、换人"),
            ("F9", "给技术人员存一个文件"),
            ("Esc", "退一步，填的都在"),
            ("Tab", "下一格"),
        ],
    ),
    ("首页（村里）", &[("F3", "移交"), ("F4", "送达")]),
    ("登记", &[("↑ ↓", "换一样材料"), ("空格", "收到、没收到"), ("数字", "改份数"), ("Ctrl Enter", "存下")]),
    ("办件", &[("↑ ↓", "上一件、下一件"), ("Enter", "下一步"), ("O", "打开全页"), ("Alt ←", "返回")]),
];

#[component]
pub fn Help() -> Html {
    let here = use_here();
    use_effect_with((), |()| {
        crate::dom::focus("#help-close");
    });
    let close = Callback::from(move |_: MouseEvent| here.go(Step::Back));
    html! {
        <div class="veil">
            <section id="help" class="dialog help" role="dialog" aria-modal="true" aria-label="键盘">
                <header class="row">
                    <h2>{ "键盘" }</h2><span class="spring" />
                    <button id="help-close" class="button small quiet" onclick={close}>
                        { "关上" }<kbd>{ "Esc" }</kbd>
                    </button>
                </header>
                <div class="groups">
                    { for KEYS.iter().map(|(place, keys)| html! {
                        <section>
                            <h3 class="dense soft">{ *place }</h3>
                            <dl>
                                { for keys.iter().map(|(key, says)| html! {
                                    <><dt><kbd>{ *key }</kbd></dt><dd>{ *says }</dd></>
                                }) }
                            </dl>
                        </section>
                    }) }
                </div>
            </section>
        </div>
    }
}
