use crate::{
    Desk, Trouble, ask,
    capacity::{Capacities, Capacity},
    event::{self, Saying},
    form::{self, Stamp},
    printer,
};
use daiban_contract::{
    Code,
    act::{PrintTo, SaveForm},
    view::SavedForm,
};
use daiban_domain::{
    Instant, Role,
    case::{Paper, transition},
};
use daiban_replica::{case, document::Writing, public::unit, today};
use serde_json::json;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

impl Desk {
    /// The file is complete and durable before its printing is recorded, and gets its name after: a recorded paper
    /// exists, and a crash between the two leaves a file under a temporary name.
    pub fn save_form(&self, request: SaveForm, now: Instant) -> Result<SavedForm, Trouble> {
        let faces = form::faces()?;
        let folder = self.forms_folder();
        self.with(|replica| {
            let level = replica.identity().unit.level();
            let mut held = None;
            let saved = replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let earned = form::earned_form(&opened, &request.form)?;
                let setting = case::setting(&opened.case, &opened.item);
                let today = today(writing.db(), now)?;
                let capacities = Capacities::here(writing, &opened, today)?;
                let may =
                    |roles: &[Role]| transition::find(opened.folded.state, "print", roles, level, &setting);
                let (capacity, (_, role)) = capacities.choose(may)?;
                let (number, copy) = match form::printed(&opened, &earned) {
                    Some((number, copies)) => (number, copies + 1),
                    None => (document_number(writing, earned.series, now)?, 1),
                };
                let mark = writing.mark(earned.form, &request.case_no, &number, today);
                let stamp = Stamp { number: Some(number.clone()), copy, on: today, mark };
                let layout = form::lay_out(writing.db(), &opened, &earned, stamp, faces)?;
                let author = unit::find(writing.db(), writing.identity().unit)?;
                let author = author.map(|unit| unit.full_name).unwrap_or_default();
                let about = daiban_forms::About { title: earned.name, author: &author, on: today };
                let pdf = daiban_forms::pdf(&layout, faces, about);
                let file = match &request.file {
                    Some(file) => PathBuf::from(file),
                    None => folder.join(format!("{}-{}-{copy}.pdf", opened.case.case_no, earned.form)),
                };
                let written = write_beside(&file, &pdf)?;
                if let Some(to) = &request.printer {
                    held = Some(printer::hold(&written, to, earned.form)?);
                }
                // One paper for several cases is printed for all of them.
                let others = match earned.form {
                    "F01" => form::registered_with(writing.db(), &opened)?,
                    "F06" => form::handed_over_with(writing.db(), &opened)?,
                    _ => Vec::new(),
                };
                for one in [&opened].into_iter().chain(&others) {
                    record(writing, one, (capacity, role), (&request.form, &number, copy), &request.printer)?;
                }
                Ok::<_, Trouble>((written, file, earned.name, number))
            });
            let (written, file, name, number) = match saved {
                Ok(saved) => saved,
                Err(trouble) => {
                    held.iter().for_each(printer::Held::cancel);
                    return Err(trouble);
                }
            };
            let printing = held.as_ref().map(printer::Held::release);
            fs::rename(&written, &file).map_err(Trouble::file)?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            Ok(SavedForm {
                file: file.display().to_string(),
                printing,
                name: name.to_owned(),
                number,
                case: ask::case_view(replica, &opened, now)?,
            })
        })
    }
}

/// Records that a form of a case has been printed.
fn record(
    writing: &mut Writing<'_>,
    opened: &ask::Opened,
    (capacity, role): (&Capacity, Role),
    (code, number, copy): (&str, &str, u32),
    printer: &Option<PrintTo>,
) -> Result<(), Trouble> {
    let earned = form::earned_form(opened, code)?;
    let paper = Paper { form: earned.form.to_owned(), number: number.to_owned(), act: earned.act, copy };
    // A print names its form, and the end of the term that the paper tells.
    let name = ("name".to_owned(), json!(earned.name));
    let due = form::told(writing.db(), opened, &earned)?.map(|told| ("due".to_owned(), json!(told)));
    let to = printer.as_ref().map(|to| ("printer".to_owned(), json!(to)));
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
