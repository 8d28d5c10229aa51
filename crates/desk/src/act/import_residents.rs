use crate::{Desk, Trouble};
use daiban_contract::{
    Code,
    act::ImportResidents,
    view::{RosterImported, RowFault},
};
use daiban_domain::{
    Instant, UnitCode, check,
    resident::{self as person, Likeness, Resident, Roster, RosterFault, likeness, may_register},
};
use daiban_exchange::Partition;
use daiban_replica::{
    ReplicaError,
    document::{Edit, RowId, Writing, kind},
    public::{enrolment, unit},
    resident::{self, Entry},
    today,
};
use jiff::civil::Date;
use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

impl Desk {
    pub fn import_residents(
        &self,
        request: ImportResidents,
        now: Instant,
    ) -> Result<RosterImported, Trouble> {
        let rows = daiban_sheet::rows(Path::new(&request.file), |text| person::rows_of_csv(text).collect());
        let rows = rows.map_err(Trouble::sheet)?;
        self.import_roster(rows.into_iter(), &request, now)
    }

    /// Takes rows of (heading, cell), each with its number, from whatever kind of file they were read.
    pub fn import_roster(
        &self,
        rows: impl Iterator<Item = (usize, Vec<(String, String)>)>,
        request: &ImportResidents,
        now: Instant,
    ) -> Result<RosterImported, Trouble> {
        self.with(|replica| {
            let outcome = replica.commit(now, |writing| {
                let unit = register(writing, request.unit)?;
                let mut roster = person::read(rows, today(writing.db(), now)?);
                let steps = Register::of(writing, unit)?.compare(&mut roster);
                let imported = imported(&roster, &steps, request.good_rows);
                if !imported.taken {
                    return Err(Untaken::Faults(imported));
                }
                for (row, step) in steps {
                    take(writing, unit, &roster.good[&row], step)?;
                }
                Ok(imported)
            });
            match outcome {
                Ok(imported) | Err(Untaken::Faults(imported)) => Ok(imported),
                Err(Untaken::Trouble(trouble)) => Err(trouble),
            }
        })
    }
}

/// Why a roster's transaction came to nothing.
enum Untaken {
    Faults(RosterImported),
    Trouble(Trouble),
}

impl From<Trouble> for Untaken {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<ReplicaError> for Untaken {
    fn from(error: ReplicaError) -> Self {
        Self::Trouble(error.into())
    }
}

/// The unit whose register is written.
fn register(writing: &Writing<'_>, asked: Option<UnitCode>) -> Result<UnitCode, Trouble> {
    let (db, identity) = (writing.db(), writing.identity());
    if !may_register(&enrolment::roles(db, identity.person)?) {
        return Err(no_role());
    }
    let unit = asked.unwrap_or(identity.unit);
    if unit::find(db, unit)?.is_none() {
        let message = format!("没有代码为 {unit} 的单位。请核对 12 位代码。");
        return Err(Trouble::new(Code::UnknownUnit, message));
    }
    if !Partition::register(unit).writable_by(identity.unit) {
        let message = "只能登记本单位和下级单位的居民。请到那个单位的设备上导入。";
        return Err(Trouble::new(Code::NotAllowed, message));
    }
    Ok(unit)
}

pub(super) fn no_role() -> Trouble {
    Trouble::new(Code::NoRole, "居民登记由代办员、受理员或中心主任来做，这台设备上的人没有这个权限。")
}

/// What becomes of a row.
enum Step {
    Make,
    Change(RowId),
    /// Everything that it says is here, or was taken from it before.
    Leave,
}

/// A unit's register as it is before an import.
struct Register {
    entries: Vec<Entry>,
    /// By kind and number of the paper; of two entries the earlier document.
    by_number: HashMap<(String, String), usize>,
    by_birth: HashMap<Date, Vec<usize>>,
    rows: HashSet<[u8; 32]>,
}

impl Register {
    fn of(writing: &Writing<'_>, unit: UnitCode) -> Result<Self, ReplicaError> {
        let entries = resident::of_unit(writing.db(), unit)?;
        let (mut by_number, mut by_birth) = (HashMap::new(), HashMap::<Date, Vec<usize>>::new());
        for (i, Entry { resident, .. }) in entries.iter().enumerate() {
            if !resident.id_no.is_empty() {
                by_number.entry(number(resident)).or_insert(i);
            }
            if let Some(born) = resident.born() {
                by_birth.entry(born).or_default().push(i);
            }
        }
        let rows = entries.iter().filter_map(|entry| entry.roster_row).collect();
        Ok(Self { entries, by_number, by_birth, rows })
    }

    /// Finds for each good row what becomes of it; rows that contradict the register are good no longer.
    fn compare(&self, roster: &mut Roster) -> Vec<(usize, Step)> {
        let mut steps = Vec::new();
        let mut faults = Vec::new();
        for (row, resident) in &roster.good {
            let known = self.by_number.get(&number(resident)).map(|i| &self.entries[*i]);
            let step = match known {
                _ if self.rows.contains(&resident::roster_row(resident)) => Step::Leave,
                Some(entry) if likeness(resident, &entry.resident) == Likeness::Contradiction => {
                    let reason =
                        "居民登记里这个证件号码是另一个姓名。请对照证件，更正写错的一个。".to_owned();
                    faults.push(RosterFault { row: *row, column: "姓名".to_owned(), reason });
                    continue;
                }
                Some(entry) if says(&entry.resident, resident) => Step::Leave,
                Some(entry) => Step::Change(entry.row),
                None => Step::Make,
            };
            if matches!(step, Step::Make) && self.suggests(resident) {
                let reason =
                    "居民登记里有一个人可能就是他（同名或近似、同日出生）。请查一下，是同一个人就关联起来。"
                        .to_owned();
                roster.notes.push(RosterFault { row: *row, column: "姓名".to_owned(), reason });
            }
            steps.push((*row, step));
        }
        roster.good.retain(|row, _| faults.iter().all(|fault| fault.row != *row));
        roster.faults.append(&mut faults);
        roster.faults.sort_by_key(|fault| fault.row);
        roster.notes.sort_by_key(|note| note.row);
        steps
    }

    /// Whether an entry may be about the same person.
    fn suggests(&self, resident: &Resident) -> bool {
        let born = resident.born().and_then(|born| self.by_birth.get(&born));
        born.into_iter().flatten().any(|i| likeness(resident, &self.entries[*i].resident).suggests())
    }
}

/// What tells people apart: kind and number of the paper. Children of one birth share a temporary number.
fn number(resident: &Resident) -> (String, String) {
    let Resident { id_type, id_no, name, .. } = resident;
    let apart = if check::id_temporary(id_no) { format!("{id_no} {name}") } else { id_no.clone() };
    (id_type.clone(), apart)
}

/// Whether an entry says all that a row says.
fn says(entry: &Resident, row: &Resident) -> bool {
    let said = entry.fields().into_iter().zip(row.fields());
    said.into_iter().all(|((_, held), (_, told))| told.is_empty() || held == told)
}

fn take(
    writing: &mut Writing<'_>,
    unit: UnitCode,
    resident: &Resident,
    step: Step,
) -> Result<(), ReplicaError> {
    let told = |edit: &mut Edit<'_>| {
        resident::put(edit, resident);
        resident::put_roster_row(edit, resident::roster_row(resident));
        Ok(())
    };
    match step {
        Step::Make => writing.create(Partition::register(unit), kind::RESIDENT, told).map(drop),
        Step::Change(row) => {
            let mut document = writing.load(row)?;
            writing.edit(&mut document, told)
        }
        Step::Leave => Ok(()),
    }
}

fn imported(roster: &Roster, steps: &[(usize, Step)], good_rows: bool) -> RosterImported {
    let count = |which: fn(&Step) -> bool| steps.iter().filter(|(_, step)| which(step)).count() as u64;
    let taken = !roster.good.is_empty() && (good_rows || roster.faults.is_empty());
    let made = count(|step| matches!(step, Step::Make));
    let changed = count(|step| matches!(step, Step::Change(_)));
    let unchanged = count(|step| matches!(step, Step::Leave));
    let mut wrong: Vec<usize> = roster.faults.iter().map(|fault| fault.row).collect();
    wrong.dedup();
    let says = match (taken, wrong.len()) {
        (true, 0) => format!("登记了 {made} 人，更新 {changed} 人，没有变化 {unchanged} 人。"),
        (true, wrong) => format!(
            "登记了 {made} 人，更新 {changed} 人，没有变化 {unchanged} 人；有错的 {wrong} 行没有导入，改好后再导入一次。"
        ),
        (false, 0) => "表里没有人，什么都没有导入。".to_owned(),
        (false, wrong) => {
            format!("有 {wrong} 行有错，什么都没有导入。改好后再导入，或者只导入没有错的行。")
        }
    };
    let [made, changed, unchanged] = if taken { [made, changed, unchanged] } else { [0; 3] };
    let told = |faults: &[RosterFault]| {
        let told = faults.iter().map(|RosterFault { row, column, reason }| RowFault {
            row: *row as u64,
            column: column.clone(),
            reason: reason.clone(),
        });
        told.collect()
    };
    RosterImported {
        taken,
        rows: roster.rows as u64,
        made,
        changed,
        unchanged,
        faults: told(&roster.faults),
        notes: told(&roster.notes),
        says,
    }
}
