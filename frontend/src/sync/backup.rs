//! The desk's own backup: when the last one was made, where they go, and one now.

use crate::{
    ipc,
    live::{Told, use_answer, use_here},
    says::Says,
    texts::{failure, sync as texts},
    widgets::{Icon, PickButton, Pickable, TextField},
};
use daiban_contract::{
    Failure,
    act::{BackUp, PlanBackups},
    ask,
    view::{BackedUp, BackupView},
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub fn BackupCard() -> Html {
    let here = use_here();
    let view = use_answer(Some(ask::Backups {})).data;
    let sticks = use_answer(Some(ask::Sticks {})).data;
    let typed = use_state_eq(|| None::<String>);
    let running = use_state_eq(|| false);
    let outcome = use_state_eq(|| None::<Result<BackedUp, Failure>>);
    let set = view.as_ref().and_then(|view| view.folder.clone());
    let first = sticks.as_ref().and_then(|sticks| sticks.sticks.first()).map(|stick| stick.folder.clone());
    let folder = (*typed).clone().or_else(|| set.clone()).or(first).unwrap_or_default();
    let on_value = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let (touch, running, outcome) = (here.touch.clone(), running.clone(), outcome.clone());
        let folder = folder.trim().to_owned();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *running {
                return;
            }
            running.set(true);
            outcome.set(None);
            let (touch, running, outcome) = (touch.clone(), running.clone(), outcome.clone());
            // What goes there once goes there every day.
            let plan = PlanBackups { folder: Some(folder.clone()), every_days: None };
            let now = BackUp { folder: Some(folder.clone()), keep: None };
            spawn_local(async move {
                let done = match ipc::ask(plan).await {
                    Ok(_) => ipc::ask(now).await,
                    Err(failure) => Err(failure),
                };
                running.set(false);
                outcome.set(Some(done));
                touch.emit(());
            });
        })
    };
    html! {
        <section class="card ways" id="backup">
            <header><h2>{ texts::own_backup() }</h2></header>
            <div class="body">
                <form class="way" {onsubmit}>
                    <TextField id="backup-folder" label={texts::backup_where()} value={folder.clone()} on_value={on_value.clone()}
                        says={rhythm(view.as_ref())}>
                        <PickButton what={Pickable::Folder} id="backup-pick" on_pick={on_value} on_failure={here.tell.reform(Told::Failed)} />
                    </TextField>
                    <button id="backup-now" class="button" disabled={*running || folder.trim().is_empty()}>
                        <Icon name="save" />{ if *running { texts::backing_up() } else { texts::back_up() } }
                    </button>
                </form>
                <p id="backup-result" role="status" class={classes!(matches!(&*outcome, Some(Err(_))).then_some("wrong"))}>
                    { match &*outcome {
                        Some(Ok(done)) => done.says.clone(),
                        Some(Err(failure)) => failure::says(failure),
                        None => view.as_ref().map(|view| told(view)).unwrap_or_default(),
                    } }
                </p>
            </div>
        </section>
    }
}

/// How often it goes there by itself.
fn rhythm(view: Option<&Rc<BackupView>>) -> Option<Says> {
    let view = view?;
    match (&view.folder, view.every_days) {
        (None, _) => Says::plain(texts::backup_sealed()),
        (Some(_), 0) => Says::plain(texts::backup_by_hand()),
        (Some(_), 1) => Says::plain(texts::backup_daily()),
        (Some(_), days) => Says::plain(texts::backup_every(days)),
    }
}

/// How it stands, and what the last failure was.
fn told(view: &BackupView) -> String {
    match &view.last_failure {
        Some(failure) => format!("{}{}", view.says, failure.message),
        None => view.says.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_contract::view::FailureView;
    use daiban_domain::Instant;

    #[test]
    fn a_failure_is_told_beside_what_stands() {
        let view = BackupView {
            folder: Some("/media/x/KINGSTON".into()),
            folder_there: true,
            every_days: 1,
            made: Some(Instant(1_772_672_400_000)),
            made_in: Some("/media/x/KINGSTON".into()),
            due: true,
            last_failure: None,
            says: "最近一次备份是3月5日 09:00，读回来核对过。".into(),
        };
        assert_eq!(told(&view), view.says);
        let failed = FailureView { at: Instant(0), message: "满了。".into() };
        assert!(told(&BackupView { last_failure: Some(failed), ..view.clone() }).ends_with("核对过。满了。"));
        let weekly = rhythm(Some(&Rc::new(BackupView { every_days: 7, ..view })));
        assert!(weekly.is_some_and(|says| says.text.starts_with("每 7 天")));
    }
}
