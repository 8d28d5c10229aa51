//! How far a batch of papers is, and a way to stop it.

use crate::{Desk, Trouble};
use daiban_contract::{Code, act::StopForms, ask::FormsProgress, view::ProgressView};
use daiban_domain::Instant;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

impl Desk {
    /// How far a batch of forms is; nothing where none is being made.
    pub fn forms_progress(&self, _: FormsProgress, _: Instant) -> Result<Option<ProgressView>, Trouble> {
        Ok(self.watch.view())
    }

    /// Stops it: nothing of it is recorded, and nothing comes out of a printer.
    pub fn stop_forms(&self, _: StopForms, _: Instant) -> Result<Option<ProgressView>, Trouble> {
        self.watch.stop();
        Ok(self.watch.view())
    }
}

/// How far a batch is, for whoever watches while it is being made.
#[derive(Default)]
pub(crate) struct Watch {
    of: AtomicUsize,
    done: AtomicUsize,
    stopped: AtomicBool,
}

impl Watch {
    /// Until the guard goes.
    pub fn begin(&self) -> impl Drop + '_ {
        struct Watched<'w>(&'w Watch);
        impl Drop for Watched<'_> {
            fn drop(&mut self) {
                self.0.of.store(0, Ordering::Relaxed);
            }
        }
        self.done.store(0, Ordering::Relaxed);
        self.stopped.store(false, Ordering::Relaxed);
        Watched(self)
    }

    /// Refuses to go on once somebody has stopped it.
    pub fn goes_on(&self, done: usize, of: usize) -> Result<(), Trouble> {
        self.of.store(of, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
        if self.stopped.load(Ordering::Relaxed) {
            let message = format!("已停下，做到第 {done} 份，一份都没有打印，也没有记录。可以重新开始。");
            return Err(Trouble::new(Code::Stopped, message));
        }
        Ok(())
    }

    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub fn view(&self) -> Option<ProgressView> {
        let of = self.of.load(Ordering::Relaxed);
        (of > 0).then(|| ProgressView { done: self.done.load(Ordering::Relaxed), of })
    }
}
