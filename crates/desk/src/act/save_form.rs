use crate::{
    Desk, Trouble, ask,
    capacity::{Capacities, Capacity},
    event::{self, Saying},
    form::{self, Stamp},
    printer,
};
use daiban_contract::{
    Code,
    act::{PrintTo, SaveForm, SaveForms, StopForms},
    ask::FormsProgress,
    view::{PrintingView, ProgressView, SavedForm, SavedForms},
};
use daiban_domain::{
    Instant, Role,
    case::{Paper, transition},
};
use daiban_forms::Layout;
use daiban_replica::{Replica, case, document::Writing, public::unit, today};
use serde_json::json;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

impl Desk {
    pub fn save_form(&self, request: SaveForm, now: Instant) -> Result<SavedForm, Trouble> {
        let SaveForm { case_no, form, file, printer } = request;
        self.with(|replica| {
            let cases = std::slice::from_ref(&case_no);
            let output =
                Output { file: file.as_deref(), folder: &self.forms_folder(), printer: printer.as_ref() };
            let saved = save(replica, cases, &form, &output, now, &Watch::default())?;
            let opened = ask::open(replica.db(), &case_no)?;
            Ok(SavedForm {
                file: saved.file.display().to_string(),
                printing: saved.printing,
                name: saved.name.to_owned(),
                number: saved.numbers.into_iter().next().unwrap_or_default(),
                case: ask::case_view(replica, &opened, now)?,
            })
        })
    }

    /// One form of many cases in one file: all of them are recorded, or, if it is stopped or fails, none is.
    pub fn save_forms(&self, request: SaveForms, now: Instant) -> Result<SavedForms, Trouble> {
        self.watch.begin();
        let saved = self.with(|replica| {
            let SaveForms { of, form, file, printer } = &request;
            let (cases, skipped) = form::of_many(replica.db(), of, form)?;
            if cases.is_empty() {
                let message = format!("没有可以打{}的办件。", form::name(form));
                return Err(Trouble::new(Code::FormNotEarned, message));
            }
            let output =
                Output { file: file.as_deref(), folder: &self.forms_folder(), printer: printer.as_ref() };
            let saved = save(replica, &cases, form, &output, now, &self.watch)?;
            Ok(SavedForms {
                file: saved.file.display().to_string(),
                name: saved.name.to_owned(),
                numbers: saved.numbers,
                skipped,
                printing: saved.printing,
            })
        });
        self.watch.end();
        saved
    }

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
    fn begin(&self) {
        self.of.store(0, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.stopped.store(false, Ordering::Relaxed);
    }

    fn goes_on(&self, done: usize, of: usize) -> Result<(), Trouble> {
        self.of.store(of, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
        if self.stopped.load(Ordering::Relaxed) {
            let message = format!("已停下，做到第 {done} 份，一份都没有打印，也没有记录。可以重新开始。");
            return Err(Trouble::new(Code::Stopped, message));
        }
        Ok(())
    }

    fn end(&self) {
        self.of.store(0, Ordering::Relaxed);
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn view(&self) -> Option<ProgressView> {
        let of = self.of.load(Ordering::Relaxed);
        (of > 0).then(|| ProgressView { done: self.done.load(Ordering::Relaxed), of })
    }
}

/// Where a file goes: its name, or the folder for files without one; and to which printer.
struct Output<'a> {
    file: Option<&'a str>,
    folder: &'a Path,
    printer: Option<&'a PrintTo>,
}

struct Saved {
    file: PathBuf,
    name: &'static str,
    /// 文书编号, in the order of the file.
    numbers: Vec<String>,
    printing: Option<PrintingView>,
}

/// The file is complete and durable, and a printer's queue holds it, before its printing is recorded; it gets its name and
/// the queue lets it go after. A recorded paper exists, and a crash between the two leaves a file under a temporary name.
fn save(
    replica: &mut Replica,
    cases: &[String],
    form: &str,
    output: &Output<'_>,
    now: Instant,
    watch: &Watch,
) -> Result<Saved, Trouble> {
    let faces = form::faces()?;
    let mut held = None;
    let saved = replica.commit(now, |writing| {
        let mut whole: Option<Layout> = None;
        let mut made = Vec::new();
        for (done, case_no) in cases.iter().enumerate() {
            watch.goes_on(done, cases.len())?;
            let (layout, one) = make(writing, case_no, form, output.printer, now)?;
            match &mut whole {
                Some(whole) => whole.pages.extend(layout.pages),
                None => whole = Some(layout),
            }
            made.push(one);
        }
        let (Some(layout), Some(first)) = (whole, made.first()) else {
            return Err(Trouble::new(Code::Internal, "没有要打印的文书。"));
        };
        let (name, on) = (first.name, today(writing.db(), now)?);
        let author = unit::find(writing.db(), writing.identity().unit)?;
        let author = author.map(|unit| unit.full_name).unwrap_or_default();
        let pdf = daiban_forms::pdf(&layout, faces, daiban_forms::About { title: name, author: &author, on });
        let file = match (output.file, cases) {
            (Some(file), _) => PathBuf::from(file),
            (None, [case_no]) => output.folder.join(format!("{case_no}-{}-{}.pdf", first.form, first.copy)),
            (None, many) => output.folder.join(format!("{}-{on}-{}.pdf", first.form, many.len())),
        };
        let written = write_beside(&file, &pdf)?;
        // The last moment at which nothing has happened yet.
        watch.goes_on(cases.len(), cases.len())?;
        held = output.printer.map(|to| printer::hold(&written, to, first.form)).transpose()?;
        Ok::<_, Trouble>((written, file, name, made.into_iter().map(|one| one.number).collect()))
    });
    let (written, file, name, numbers) = match saved {
        Ok(saved) => saved,
        Err(trouble) => {
            held.iter().for_each(printer::Held::cancel);
            return Err(trouble);
        }
    };
    let printing = held.as_ref().map(printer::Held::release);
    fs::rename(&written, &file).map_err(Trouble::file)?;
    Ok(Saved { file, name, numbers, printing })
}

/// A form that was laid out, and whose printing is recorded if the transaction is.
struct Made {
    form: &'static str,
    name: &'static str,
    number: String,
    copy: u32,
}

fn make(
    writing: &mut Writing<'_>,
    case_no: &str,
    form: &str,
    printer: Option<&PrintTo>,
    now: Instant,
) -> Result<(Layout, Made), Trouble> {
    let level = writing.identity().unit.level();
    let opened = ask::open(writing.db(), case_no)?;
    let earned = form::earned_form(&opened, form)?;
    let setting = case::setting(&opened.case, &opened.item);
    let today = today(writing.db(), now)?;
    let capacities = Capacities::here(writing, &opened, today)?;
    let may = |roles: &[Role]| transition::find(opened.folded.state, "print", roles, level, &setting);
    let (capacity, (_, role)) = capacities.choose(may)?;
    let (number, copy) = match form::printed(&opened, &earned) {
        Some((number, copies)) => (number, copies + 1),
        None => (document_number(writing, earned.series, now)?, 1),
    };
    let mark = writing.mark(earned.form, case_no, &number, today);
    let stamp = Stamp { number: Some(number.clone()), copy, on: today, mark };
    let layout = form::lay_out(writing.db(), &opened, &earned, stamp, form::faces()?)?;
    // One paper for several cases is printed for all of them.
    let others = match earned.form {
        "F01" => form::registered_with(writing.db(), &opened)?,
        "F06" => form::handed_over_with(writing.db(), &opened)?,
        _ => Vec::new(),
    };
    for one in [&opened].into_iter().chain(&others) {
        record(writing, one, (capacity, role), (form, &number, copy), printer)?;
    }
    Ok((layout, Made { form: earned.form, name: earned.name, number, copy }))
}

/// Records that a form of a case has been printed.
fn record(
    writing: &mut Writing<'_>,
    opened: &ask::Opened,
    (capacity, role): (&Capacity, Role),
    (code, number, copy): (&str, &str, u32),
    printer: Option<&PrintTo>,
) -> Result<(), Trouble> {
    let earned = form::earned_form(opened, code)?;
    let paper = Paper { form: earned.form.to_owned(), number: number.to_owned(), act: earned.act, copy };
    // A print names its form, and the end of the term that the paper tells.
    let name = ("name".to_owned(), json!(earned.name));
    let due = form::told(writing.db(), opened, &earned)?.map(|told| ("due".to_owned(), json!(told)));
    let to = printer.map(|to| ("printer".to_owned(), json!(to)));
    let saying = Saying {
        kind: "print",
        after: opened.case.latest(),
        role,
        on: today(writing.db(), writing.now())?,
        item_version: opened.item.version,
        paper: Some(paper),
        payload: capacity.signed([name].into_iter().chain(due).chain(to)),
    };
    let event = event::make(writing, saying)?;
    let mut document = writing.load(opened.case.document)?;
    Ok(writing.edit(&mut document, |edit| event::put(edit, &event))?)
}

/// e.g. 清源镇受〔2026〕A1-0012号: the tag keeps two devices apart, the serial two papers.
fn document_number(writing: &mut Writing<'_>, series: &str, now: Instant) -> Result<String, Trouble> {
    let year = today(writing.db(), now)?.year();
    let serial = writing.next_serial(&format!("paper/{series}/{year}"))?;
    let identity = writing.identity();
    let unit = unit::find(writing.db(), identity.unit)?.map(|unit| unit.short_name).unwrap_or_default();
    Ok(format!("{unit}{series}〔{year}〕{}-{serial:04}号", identity.tag))
}

pub(super) fn write_beside(file: &Path, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let Some(name) = file.file_name() else {
        return Err(Trouble::new(Code::File, "要给出文件名，不能只给文件夹。"));
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Trouble::file)?;
    let beside = folder.join(format!(".{}.part", name.display()));
    let mut part = File::create(&beside).map_err(Trouble::file)?;
    part.write_all(bytes).and_then(|()| part.sync_all()).map_err(Trouble::file)?;
    Ok(beside)
}
