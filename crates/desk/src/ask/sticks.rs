use crate::{Desk, Trouble, act::bundle::Name};
use daiban_contract::{
    ask::Sticks,
    view::{BundleView, StickView, SticksView},
};
use daiban_domain::Instant;
use daiban_replica::public::unit;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// As many as a person looks through.
const BUNDLES: usize = 8;

impl Desk {
    pub fn sticks(&self, _: Sticks, _: Instant) -> Result<SticksView, Trouble> {
        let own_folder = self.bundles_folder();
        let sticks: Vec<StickView> = stick_folders()
            .iter()
            .map(|folder| StickView {
                name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                folder: folder.display().to_string(),
            })
            .collect();
        self.with(|replica| {
            let own = replica.identity().unit;
            let mut bundles = Vec::new();
            let places = sticks.iter().map(|stick| (PathBuf::from(&stick.folder), Some(&stick.name)));
            for (folder, stick) in places.chain([(own_folder.clone(), None)]) {
                for (file, name) in bundles_in(&folder) {
                    if name.from == own || !own.covers(name.to) {
                        continue;
                    }
                    let Some(from) = unit::find(replica.db(), name.from)? else { continue };
                    bundles.push(BundleView {
                        file: file.display().to_string(),
                        from: from.short_name,
                        made: name.made,
                        stick: stick.cloned(),
                    });
                }
            }
            bundles.sort_by_key(|bundle| std::cmp::Reverse(bundle.made));
            bundles.truncate(BUNDLES);
            let folder =
                sticks.first().map_or_else(|| own_folder.display().to_string(), |stick| stick.folder.clone());
            Ok(SticksView { folder, sticks, bundles })
        })
    }
}

/// Where sticks are mounted now. A system without this table has the dialog.
pub fn stick_folders() -> Vec<PathBuf> {
    fs::read_to_string("/proc/self/mounts").map(|table| mounted(&table)).unwrap_or_default()
}

/// Of a table of mounts those where desktops put what is plugged in.
fn mounted(table: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = table
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .filter(|folder| folder.starts_with("/media/") || folder.starts_with("/run/media/"))
        .map(|folder| {
            // The table writes blanks in octal.
            let folder = folder.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
            PathBuf::from(folder)
        })
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

/// The bundles in a folder; one that can't be read has none.
fn bundles_in(folder: &Path) -> impl Iterator<Item = (PathBuf, Name)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    files.filter_map(|file| Name::read(&file).map(|name| (file, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sticks_are_found_by_where_they_are_mounted() {
        let table = "/dev/sda2 / ext4 rw 0 0\nproc /proc proc rw 0 0\n\
            /dev/sdc1 /run/media/lixiulan/KINGSTON vfat rw 0 0\n/dev/sdb1 /media/lixiulan/清源\\040公用 vfat rw 0 0\n\
            /dev/sdb1 /media/lixiulan/清源\\040公用 vfat rw 0 0\ntmpfs /mediatheque tmpfs rw 0 0\n";
        let found = ["/media/lixiulan/清源 公用", "/run/media/lixiulan/KINGSTON"].map(PathBuf::from);
        assert_eq!(mounted(table), found);
        assert_eq!(mounted(""), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_bundle_is_known_by_its_name() {
        let name = Name {
            from: "621099100200".parse().unwrap(),
            to: "621099100000".parse().unwrap(),
            made: Instant(1_790_000_000_000),
        };
        let read = Name::read(&Path::new("/media/x").join(name.to_string())).unwrap();
        assert_eq!((read.from, read.to, read.made), (name.from, name.to, name.made));
        for other in
            ["", "a.bundle", "621099100200-621099100000-1.txt", "621099100200-621099100000-1-2.bundle"]
        {
            assert!(Name::read(Path::new(other)).is_none(), "{other}");
        }
    }
}
