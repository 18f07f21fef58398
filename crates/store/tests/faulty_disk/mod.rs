//! A disk in memory that loses power, fills up and fails on command.
//!
//! It keeps what a real one may keep and nothing more: of what was written and not synced, any sectors survive a power loss; of names
//! that were changed and not synced, any changes too.

#![expect(dead_code, reason = "every test file uses a part of it")]

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard},
};
use store::disk::{Disk, DiskFile};

/// What is written as a whole or not at all.
const SECTOR: usize = 512;

/// Numbers that look like chance and are the same for the same seed (SplitMix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }
}

/// A handle to the disk; clones are the same disk.
#[derive(Clone, Default)]
pub(crate) struct FaultyDisk(Arc<(Mutex<Machine>, Condvar)>);

#[derive(Default)]
struct Machine {
    files: Vec<File>,
    names: BTreeMap<String, usize>,
    safe_names: BTreeMap<String, usize>,
    name_changes: Vec<NameChange>,
    /// Handles of before a power loss are dead.
    boot: u32,
    operations: u64,
    power_fails_at: Option<u64>,
    bytes_max: Option<usize>,
    next_sync_fails: bool,
    gives_no_files: bool,
    is_holding_syncs: bool,
    syncs_held: usize,
}

#[derive(Clone, Default)]
struct File {
    now: Vec<u8>,
    safe: Vec<u8>,
    changes: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    SetLen(usize),
}

enum NameChange {
    Add(String, usize),
    Remove(String),
    Rename(String, String, usize),
}

impl FaultyDisk {
    /// Takes the power away at the operation of this number, counted from the beginning; every operation from there on fails.
    pub(crate) fn fail_power_at(&self, operation: u64) {
        self.machine().power_fails_at = Some(operation);
    }

    /// Takes the power away now and gives it back. What was not synced is there in parts.
    pub(crate) fn lose_power(&self, chance: &mut Chance) {
        let mut machine = self.machine();
        let mut names = std::mem::take(&mut machine.safe_names);
        machine
            .name_changes
            .drain(..)
            .filter(|_| chance.below(2) == 0)
            .for_each(|change| change.apply(&mut names));
        machine.names.clone_from(&names);
        machine.safe_names = names;
        for file in &mut machine.files {
            let mut survived = std::mem::take(&mut file.safe);
            file.changes.drain(..).for_each(|change| change.survive(&mut survived, chance));
            file.now.clone_from(&survived);
            file.safe = survived;
        }
        machine.boot += 1;
        machine.power_fails_at = None;
    }

    /// How many operations there were.
    pub(crate) fn operations(&self) -> u64 {
        self.machine().operations
    }

    /// All files together have at most so many bytes from now on; `None` is no limit.
    pub(crate) fn limit(&self, bytes_max: Option<usize>) {
        self.machine().bytes_max = bytes_max;
    }

    /// How many bytes all files have.
    pub(crate) fn used(&self) -> usize {
        self.machine().used()
    }

    /// The next sync of a file fails, and what it was to make safe is lost, as Linux does it.
    pub(crate) fn fail_next_sync(&self) {
        self.machine().next_sync_fails = true;
    }

    /// No file can be opened or made while it is so, as when the process has too many.
    pub(crate) fn give_no_files(&self, is_so: bool) {
        self.machine().gives_no_files = is_so;
    }

    /// Syncs of files wait until they are let go.
    pub(crate) fn hold_syncs(&self) {
        self.machine().is_holding_syncs = true;
    }

    /// Lets the held syncs go.
    pub(crate) fn release_syncs(&self) {
        self.machine().is_holding_syncs = false;
        self.0.1.notify_all();
    }

    /// How many syncs wait now.
    pub(crate) fn syncs_held(&self) -> usize {
        self.machine().syncs_held
    }

    /// The names of all files.
    pub(crate) fn names(&self) -> Vec<String> {
        self.machine().names.keys().cloned().collect()
    }

    /// A file's content.
    pub(crate) fn content(&self, name: &str) -> Vec<u8> {
        self.machine().find(name).expect("the file is there").now.clone()
    }

    /// Puts a file there, safely.
    pub(crate) fn set_content(&self, name: &str, bytes: &[u8]) {
        let mut file = self.create(name).expect("the power is on");
        file.write_at(bytes, 0).expect("there is room");
        file.sync().expect("syncs do not fail");
        self.sync_names().expect("the power is on");
    }

    /// Another disk with the same files, all safe.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::default();
        for name in self.names() {
            copy.set_content(&name, &self.content(&name));
        }
        copy
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.0.0.lock().expect("no test panics while it holds the disk")
    }

    fn operate(&self) -> io::Result<MutexGuard<'_, Machine>> {
        let mut machine = self.machine();
        machine.operations += 1;
        if machine.power_fails_at.is_some_and(|at| machine.operations >= at) {
            return Err(no_power());
        }
        Ok(machine)
    }
}

fn no_power() -> io::Error {
    io::Error::other("the power is off")
}

impl Machine {
    fn find(&self, name: &str) -> io::Result<&File> {
        let number = self.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(&self.files[*number])
    }

    fn used(&self) -> usize {
        self.names.values().map(|number| self.files[*number].now.len()).sum()
    }

    fn rename_all(&mut self, change: NameChange) {
        change.apply(&mut self.names);
        self.name_changes.push(change);
    }
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<String, usize>) {
        match self {
            Self::Add(path, number) => {
                names.insert(path.clone(), *number);
            }
            Self::Remove(path) => {
                names.remove(path);
            }
            Self::Rename(from, to, number) => {
                names.remove(from);
                names.insert(to.clone(), *number);
            }
        }
    }
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::SetLen(len) => content.resize(*len, 0),
            Self::Write { offset, bytes } => write(content, *offset, bytes),
        }
    }

    /// Does a part of the change, as chance wants it.
    fn survive(&self, content: &mut Vec<u8>, chance: &mut Chance) {
        let luck = chance.below(4);
        match self {
            Self::SetLen(_) if luck < 2 => {}
            Self::SetLen(_) => self.apply(content),
            Self::Write { .. } if luck == 0 => {}
            Self::Write { .. } if luck == 1 => self.apply(content),
            Self::Write { offset, bytes } => {
                let mut begin = 0;
                while begin < bytes.len() {
                    let end = bytes.len().min((offset + begin) / SECTOR * SECTOR + SECTOR - offset);
                    if chance.below(2) == 0 {
                        write(content, offset + begin, &bytes[begin..end]);
                    }
                    begin = end;
                }
            }
        }
    }
}

fn write(content: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset..end].copy_from_slice(bytes);
}

impl Disk for FaultyDisk {
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let mut machine = self.operate()?;
        if machine.gives_no_files {
            return Err(io::Error::from_raw_os_error(rustix::io::Errno::MFILE.raw_os_error()));
        }
        // A new file in place of the old, so that the old is there if the name is lost. A real disk would cut the old one off,
        // which is the new one's loss of content and happens too.
        let number = machine.files.len();
        machine.files.push(File::default());
        machine.rename_all(NameChange::Add(name.to_owned(), number));
        let boot = machine.boot;
        Ok(Box::new(Handle { disk: self.clone(), number, boot }))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let machine = self.operate()?;
        let number = *machine.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        let boot = machine.boot;
        Ok(Box::new(Handle { disk: self.clone(), number, boot }))
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        Ok(self.operate()?.find(name)?.now.clone())
    }

    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.operate()?.names.keys().cloned().collect())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut machine = self.operate()?;
        let number = *machine.names.get(from).ok_or(io::ErrorKind::NotFound)?;
        machine.rename_all(NameChange::Rename(from.to_owned(), to.to_owned(), number));
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut machine = self.operate()?;
        machine.find(name)?;
        machine.rename_all(NameChange::Remove(name.to_owned()));
        Ok(())
    }

    fn sync_names(&self) -> io::Result<()> {
        let mut machine = self.operate()?;
        machine.name_changes.clear();
        machine.safe_names = machine.names.clone();
        Ok(())
    }
}

struct Handle {
    disk: FaultyDisk,
    number: usize,
    boot: u32,
}

impl Handle {
    fn operate(&self) -> io::Result<MutexGuard<'_, Machine>> {
        let machine = self.disk.operate()?;
        if machine.boot == self.boot { Ok(machine) } else { Err(no_power()) }
    }

    fn change(machine: &mut Machine, number: usize, change: Change) {
        let file = &mut machine.files[number];
        change.apply(&mut file.now);
        file.changes.push(change);
    }
}

impl DiskFile for Handle {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let mut machine = self.operate()?;
        let offset = usize::try_from(offset).expect("it fits into memory");
        let len = machine.files[self.number].now.len();
        let room = machine.bytes_max.map_or(usize::MAX, |max| max.saturating_sub(machine.used()));
        let end_max = len.saturating_add(room);
        let fits = bytes.len().min(end_max.saturating_sub(offset));
        Self::change(
            &mut machine,
            self.number,
            Change::Write { offset, bytes: bytes[..fits].to_vec() },
        );
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        let mut machine = self.operate()?;
        let len = usize::try_from(len).expect("it fits into memory");
        Self::change(&mut machine, self.number, Change::SetLen(len));
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut machine = self.operate()?;
        machine.syncs_held += 1;
        while machine.is_holding_syncs {
            machine = self.disk.0.1.wait(machine).expect("no test panics while it holds the disk");
        }
        machine.syncs_held -= 1;
        if machine.boot != self.boot {
            return Err(no_power());
        }
        let fails = std::mem::take(&mut machine.next_sync_fails);
        let file = &mut machine.files[self.number];
        file.changes.clear();
        if fails {
            return Err(io::Error::other("the disk does not answer"));
        }
        file.safe = file.now.clone();
        Ok(())
    }
}
