use crate::{
    Desk, Trouble, ask,
    capacity::{Capacities, Capacity},
    event::{self, Saying},
    form::{self, Earned, Stamp},
    printer::{self, Held},
    watch::Watch,
};
use daiban_contract::{
    Code,
    act::{PrintTo, SaveForm, SaveForms},
    view::{PrintingView, SavedForm, SavedForms},
};
use daiban_domain::{
    Instant, Role,
    case::{Paper, transition},
};
use daiban_exchange::mark::serial;
use daiban_forms::Layout;
use daiban_replica::{
    Replica, case,
    document::Writing,
    printer::{Print, note, remember},
    public::unit,
    store::key::keep_name,
    today,
};
use serde_json::json;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

impl Desk {
    pub fn save_form(&self, request: SaveForm, now: Instant) -> Result<SavedForm, Trouble> {
        let SaveForm { case_no, form, file, printer } = request;
        let folder = self.forms_folder();
        let (saved, case) = self.with(|replica| {
            let papers = Papers { form: &form, cases: std::slice::from_ref(&case_no), batch: None };
            let output = self.output(file.as_deref(), &folder, printer.as_ref());
            let saved = save(replica, papers, &output, now, &Watch::default())?;
            let opened = ask::open(replica.db(), &case_no)?;
            Ok((saved, ask::case_view(replica, &opened, now)?))
        })?;
        let printing = saved.let_go();
        let (file, name) = (saved.lies()?, saved.name.to_owned());
        let number = saved.numbers.into_iter().next().unwrap_or_default();
        Ok(SavedForm { file, printing, name, number, case })
    }

    /// One form of many cases in one file: all of them are recorded, or, if it is stopped or fails, none is.
    pub fn save_forms(&self, request: SaveForms, now: Instant) -> Result<SavedForms, Trouble> {
        let SaveForms { of, form, file, printer } = &request;
        let folder = self.forms_folder();
        let (saved, chosen) = self.with(|replica| {
            let _watched = self.watch.begin();
            let chosen = form::of_many(replica.db(), of, form, replica.identity().unit)?;
            if chosen.cases.is_empty() {
                let message = format!("没有可以打{}的办件。", form::name(form));
                return Err(Trouble::new(Code::FormNotEarned, message));
            }
            let output = self.output(file.as_deref(), &folder, printer.as_ref());
            let papers = Papers { form, cases: &chosen.cases, batch: chosen.batch.as_deref() };
            Ok((save(replica, papers, &output, now, &self.watch)?, chosen))
        })?;
        Ok(SavedForms {
            printing: saved.let_go(),
            file: saved.lies()?,
            name: saved.name.to_owned(),
            numbers: saved.numbers,
            pages: saved.pages,
            skipped: chosen.skipped,
            among: chosen.among,
        })
    }

    fn output<'a>(
        &self,
        file: Option<&'a str>,
        folder: &'a Path,
        printer: Option<&'a PrintTo>,
    ) -> Output<'a> {
        Output { file, folder, printer, practice: self.practice }
    }
}

/// One form of some cases.
#[derive(Clone, Copy)]
struct Papers<'a> {
    form: &'a str,
    cases: &'a [String],
    /// The hand-over whose slip it is, where it isn't the last one of its cases.
    batch: Option<&'a str>,
}

/// Where a file goes: its name, or the folder for files without one; and to which printer.
struct Output<'a> {
    file: Option<&'a str>,
    folder: &'a Path,
    printer: Option<&'a PrintTo>,
    /// It is to say that it is none.
    practice: bool,
}

struct Saved {
    file: PathBuf,
    kept: std::io::Result<()>,
    name: &'static str,
    /// 文书编号, in the order of the file.
    numbers: Vec<String>,
    pages: usize,
    held: Option<Held>,
}

impl Saved {
    /// Lets the printer have it; not under the desk's lock, for a printer may take its time.
    fn let_go(&self) -> Option<PrintingView> {
        self.held.as_ref().map(Held::release)
    }

    /// Where it lies, for certain.
    fn lies(&self) -> Result<String, Trouble> {
        match &self.kept {
            Ok(()) => Ok(self.file.display().to_string()),
            Err(error) => {
                let message = "打印记下了，可是文件没有写稳，可能打不开。请检查磁盘或 U 盘，再补打一份。";
                Err(Trouble::new(Code::File, message).because(std::io::Error::from(error.kind())))
            }
        }
    }
}

/// The file is complete and durable, and a printer's queue holds it, before its printing is recorded; it gets its name, and
/// the queue lets it go, after. A recorded paper exists, and a crash between the two leaves a file under a temporary name.
fn save(
    replica: &mut Replica,
    papers: Papers<'_>,
    output: &Output<'_>,
    now: Instant,
    watch: &Watch,
) -> Result<Saved, Trouble> {
    let faces = form::faces()?;
    let (mut held, mut part) = (None, None);
    let saved = replica.commit(now, |writing| {
        let mut whole: Option<Layout> = None;
        let mut made: Vec<Made> = Vec::new();
        let cases = papers.cases;
        for (done, case_no) in cases.iter().enumerate() {
            watch.goes_on(done, cases.len())?;
            // A paper that is of several cases is in the file once.
            if made.iter().any(|one| one.cases.contains(case_no)) {
                continue;
            }
            let (layout, one) = make(writing, case_no, papers, output.printer, now)?;
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
        let layout = form::as_shown(layout, output.practice, faces)?;
        let pdf = daiban_forms::pdf(&layout, faces, daiban_forms::About { title: name, author: &author, on });
        let file = place(output.file, output.folder, &file_name(first, cases));
        part = Some(write_beside(&file, &pdf)?);
        // The last moment at which nothing has happened yet.
        watch.goes_on(cases.len(), cases.len())?;
        if let (Some(to), Some(part)) = (output.printer, &part) {
            held = Some(printer::hold(part, to, first.form)?);
            remember(writing, &to.name, &to.tray)?;
        }
        let pages = layout.pages.len();
        let printed = Print {
            printer: output.printer.map(|to| to.name.clone()).unwrap_or_default(),
            job: held.as_ref().map(|held: &Held| held.job().to_owned()).unwrap_or_default(),
            form: first.form.to_owned(),
            name: name.to_owned(),
            number: first.number.clone(),
            case_no: cases.first().cloned().unwrap_or_default(),
            cases: cases.len() as u32,
            pages: pages as u32,
            copies: output.printer.map_or(1, |to| to.copies.into()),
            ..Print::default()
        };
        note(writing, &printed)?;
        let numbers = made.into_iter().map(|one| one.number).collect();
        Ok::<_, Trouble>((file, name, numbers, pages))
    });
    let (file, name, numbers, pages) = match saved {
        Ok(saved) => saved,
        Err(trouble) => {
            held.iter().for_each(Held::cancel);
            // It names people, and nobody asked for a file without a record.
            part.iter().for_each(|part| drop(fs::remove_file(part)));
            return Err(trouble);
        }
    };
    let part = part.unwrap_or_default();
    let file = match fs::rename(&part, &file) {
        Ok(()) => file,
        // It is printed and recorded: the file lies under its first name.
        Err(error) => {
            tracing::warn!(%error, "a printed form keeps its temporary name");
            part
        }
    };
    Ok(Saved { kept: keep_name(&file), file, name, numbers, pages, held })
}

/// By the number, so that no paper takes another one's place.
fn file_name(first: &Made, cases: &[String]) -> String {
    let Made { form, number, copy, .. } = first;
    let serial = serial(number).unwrap_or_default();
    match cases {
        [case_no] => format!("{case_no}-{form}-{serial}-{copy}.pdf"),
        many => format!("{form}-{serial}-{copy}-{}.pdf", many.len()),
    }
}

/// A form that was laid out, and whose printing is recorded if the transaction is.
struct Made {
    form: &'static str,
    name: &'static str,
    number: String,
    copy: u32,
    /// That it is a paper of.
    cases: Vec<String>,
}

fn make(
    writing: &mut Writing<'_>,
    case_no: &str,
    Papers { form, batch, .. }: Papers<'_>,
    printer: Option<&PrintTo>,
    now: Instant,
) -> Result<(Layout, Made), Trouble> {
    let (level, unit) = (writing.identity().unit.level(), writing.identity().unit);
    let opened = ask::open(writing.db(), case_no)?;
    let earned = form::earned_form(&opened, form, batch)?;
    let setting = case::setting(&opened.case, &opened.item);
    let today = today(writing.db(), now)?;
    let capacities = Capacities::here(writing, &opened, today)?;
    let may = |roles: &[Role]| transition::find(opened.folded.state, "print", roles, level, &setting);
    let (capacity, (_, role)) = capacities.choose(may)?;
    form::printable(&opened, &earned, unit)?;
    let (number, copy, on) = match form::printed(&opened, &earned) {
        Some((number, copies, first)) => (number, copies + 1, first),
        None => (document_number(writing, &earned, now)?, 1, today),
    };
    let mark = writing.mark(earned.form, case_no, &number, on);
    let stamp = Stamp { number: Some(number.clone()), copy, on, mark };
    let layout = form::lay_out(writing.db(), &opened, &earned, stamp, form::faces()?)?;
    // One paper for several cases is printed for all of them.
    let others = match earned.form {
        "F01" => form::registered_with(writing.db(), &opened)?,
        _ => match &earned.batch {
            Some(batch) => form::handed_over_with(writing.db(), &opened, batch)?,
            None => Vec::new(),
        },
    };
    let all: Vec<&ask::Opened> = [&opened].into_iter().chain(&others).collect();
    for one in &all {
        let earned = form::earned_form(one, form, earned.batch.as_deref())?;
        record(writing, (one, &earned), (capacity, role), (&number, copy), printer)?;
    }
    let cases = all.into_iter().map(|one| one.case.case_no.clone()).collect();
    Ok((layout, Made { form: earned.form, name: earned.name, number, copy, cases }))
}

/// Records that a form of a case has been printed.
fn record(
    writing: &mut Writing<'_>,
    (opened, earned): (&ask::Opened, &Earned),
    (capacity, role): (&Capacity, Role),
    (number, copy): (&str, u32),
    printer: Option<&PrintTo>,
) -> Result<(), Trouble> {
    let paper = Paper { form: earned.form.to_owned(), number: number.to_owned(), act: earned.act, copy };
    // A print names its form, and the end of the term that the paper tells.
    let name = ("name".to_owned(), json!(earned.name));
    let due = form::told(writing.db(), opened, earned)?.map(|told| ("due".to_owned(), json!(told)));
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
    Ok(writing.edit(&mut document, |edit| edit.event(&event))?)
}

/// e.g. 清源镇受〔2026〕A1-0012号: the tag keeps two devices apart, the serial two papers of one form.
fn document_number(writing: &mut Writing<'_>, earned: &Earned, now: Instant) -> Result<String, Trouble> {
    let year = today(writing.db(), now)?.year();
    let of_form = format!("paper/{}/{year}", earned.form);
    // Until 2026-11-26 each series had numbers of its own.
    let mut before = 0;
    for series in form::series(earned.form) {
        before = before.max(writing.last_serial(&format!("paper/{series}/{year}"))?);
    }
    let mut serial = writing.next_serial(&of_form)?;
    while serial <= before {
        serial = writing.next_serial(&of_form)?;
    }
    let identity = writing.identity();
    let unit = unit::find(writing.db(), identity.unit)?.map(|unit| unit.short_name).unwrap_or_default();
    Ok(format!("{unit}{}〔{year}〕{}-{serial:04}号", earned.series, identity.tag))
}

/// Where a file goes: as it was said, or under a name of its own in the folder that was said, or else in the desk's own.
pub(super) fn place(said: Option<&str>, own: &Path, name: &str) -> PathBuf {
    match said.map(Path::new) {
        Some(folder) if folder.is_dir() => folder.join(name),
        Some(file) => file.to_owned(),
        None => own.join(name),
    }
}

/// Written out whole, or not there at all.
pub(super) fn write_beside(file: &Path, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let Some(name) = file.file_name() else {
        return Err(Trouble::new(Code::File, "要给出文件名，不能只给文件夹。"));
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Trouble::file)?;
    let beside = folder.join(format!(".{}.part", name.display()));
    let mut part = File::create(&beside).map_err(Trouble::file)?;
    if let Err(error) = part.write_all(bytes).and_then(|()| part.sync_all()) {
        // What was written of it helps nobody, least of all on a full disk.
        let _ = fs::remove_file(&beside);
        return Err(Trouble::file(error));
    }
    Ok(beside)
}
