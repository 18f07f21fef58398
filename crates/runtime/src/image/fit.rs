//! Layers as a stack: from diff ids to the directories overlayfs gets.
//!
//! A layer is unpacked by itself, so that it can be shared and unpacked beside others. Some archives bring `tmp/x` without an entry for `tmp/`; the
//! directory that has to be made then hides what `tmp` is in the layers below: its mode 1777, or that it is a link to `private/tmp`. Unpacked over the
//! layers below (as containerd does it) such a layer looks right. Here it gets a second directory, under its chain id, made of hard links to the first,
//! in which those directories are what they are below. Layers with entries for all their directories, nearly all there are, need none.
//! Invariants: the first directory never changes; what is made is a function of the layer and those below it, so it is shared under its chain id.

use super::digest::Digest;
use super::error::ImageError;
use super::layer::LayerFacts;
use super::lock::Lease;
use super::rooted::{self, Implied, OPAQUE, Rooted};
use super::store::{ImageLayer, Images};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{AtFlags, FileType, Gid, Mode, OFlags, Timespec, Timestamps, Uid, XattrFlags};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

/// Links followed to find out where a directory really is.
const LINKS_MAX: usize = 40;

/// Longest value of an extended attribute: the kernel's limit.
const VALUE_BYTES_MAX: usize = 64 * 1024;

impl Images {
    /// The layers of an image, all unpacked, the lowest first; fitted where they need it.
    pub(super) fn stack(
        &self,
        diff_ids: &[Digest],
        lease: &Lease,
    ) -> Result<Vec<ImageLayer>, ImageError> {
        let mut stack: Vec<ImageLayer> = Vec::new();
        let mut chain = None;
        for diff_id in diff_ids {
            let key = Digest::chain(chain, *diff_id);
            chain = Some(key);
            let facts = self
                .layers
                .facts(diff_id)?
                .ok_or_else(|| ImageError::Unknown { name: diff_id.to_string() })?;
            let implied = facts.implied();
            let is_fitted =
                !implied.is_empty() && self.fit(*diff_id, key, &facts, &implied, &stack, lease)?;
            stack.push(ImageLayer {
                diff_id: *diff_id,
                key: if is_fitted { key } else { *diff_id },
                bytes: facts.bytes,
            });
        }
        Ok(stack)
    }

    /// Makes a layer's directory for these layers below it, where it differs from the one it has. False where it does not.
    fn fit(
        &self,
        diff_id: Digest,
        key: Digest,
        facts: &LayerFacts,
        implied: &Implied,
        below: &[ImageLayer],
        lease: &Lease,
    ) -> Result<bool, ImageError> {
        let own = self.layers.directory(&diff_id);
        let failed = |source: io::Error| ImageError::io("fit layer", &own)(source);
        let open = |path: &Path| {
            rustix::fs::open(
                path,
                OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC,
                Mode::empty(),
            )
        };
        let lower: Result<Vec<OwnedFd>, Errno> =
            below.iter().rev().map(|layer| open(&self.layers.directory(&layer.key))).collect();
        let view = View {
            own: open(&own).map_err(ImageError::io("open", &own))?,
            lower: lower.map_err(ImageError::io("open the layers below", &own))?,
        };
        let fitting = view.fitting(implied).map_err(failed)?;
        if fitting.places.is_empty() && fitting.attributes.is_empty() {
            return Ok(false);
        }
        lease.protect([key.hex().as_str()])?;
        let _lock = self.layers.lock(&key)?;
        if self.layers.facts(&key)?.is_none() {
            self.layers.publish(key, |tree| {
                let mut copy = Copy {
                    view: &view,
                    fitting: &fitting,
                    target: Rooted::open(tree).map_err(failed)?,
                };
                copy.whole().map_err(failed)?;
                Ok(facts.clone())
            })?;
        }
        Ok(true)
    }
}

/// What a directory is, apart from what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attributes {
    mode: u32,
    uid: u32,
    gid: u32,
    mtime: (i64, i64),
    xattrs: Vec<(OsString, Vec<u8>)>,
}

impl Attributes {
    fn read(directory: &OwnedFd) -> io::Result<Self> {
        let stat = rustix::fs::fstat(directory)?;
        let mut names = vec![0; VALUE_BYTES_MAX];
        let length = match rustix::fs::flistxattr(directory, &mut names[..]) {
            Err(Errno::OPNOTSUPP) => 0,
            done => done?,
        };
        let mut xattrs = Vec::new();
        for name in names[..length].split(|b| *b == 0).filter(|name| !name.is_empty()) {
            let name = OsStr::from_bytes(name).to_owned();
            let mut value = vec![0; VALUE_BYTES_MAX];
            let length = rustix::fs::fgetxattr(directory, &name, &mut value[..])?;
            value.truncate(length);
            xattrs.push((name, value));
        }
        Ok(Self {
            mode: stat.st_mode & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
            mtime: (stat.st_mtime, stat.st_mtime_nsec as i64),
            xattrs,
        })
    }

    /// Of a directory below: what overlayfs notes there is about those below it.
    fn read_below(directory: &OwnedFd) -> io::Result<Self> {
        let mut attributes = Self::read(directory)?;
        attributes.xattrs.retain(|(name, _)| !name.as_bytes().starts_with(b"trusted.overlay."));
        Ok(attributes)
    }

    /// What a directory is that was made because it had to be.
    fn is_implied(&self) -> bool {
        (self.mode, self.uid, self.gid) == (0o755, 0, 0) && self.xattrs.is_empty()
    }

    fn write(&self, directory: &OwnedFd) -> io::Result<()> {
        rustix::fs::fchown(
            directory,
            Some(Uid::from_raw(self.uid)),
            Some(Gid::from_raw(self.gid)),
        )?;
        for (name, value) in &self.xattrs {
            rustix::fs::fsetxattr(directory, name, value, XattrFlags::empty())?;
        }
        rustix::fs::fchmod(directory, Mode::from_raw_mode(self.mode))?;
        self.write_time(directory)
    }

    fn write_time(&self, directory: &OwnedFd) -> io::Result<()> {
        let time = Timespec { tv_sec: self.mtime.0, tv_nsec: self.mtime.1 as _ };
        Ok(rustix::fs::futimens(
            directory,
            &Timestamps { last_access: time, last_modification: time },
        )?)
    }
}

/// A layer and those below it, the top one first.
struct View {
    own: OwnedFd,
    lower: Vec<OwnedFd>,
}

/// What a name is in the layers below, as far as this layer lets them be seen.
enum Below {
    Directory(Attributes),
    Symlink(PathBuf),
    Nothing,
}

/// How a layer's directories must be in its stack.
#[derive(Default)]
struct Fitting {
    /// Directories that stand elsewhere, since their name is a link below.
    places: BTreeMap<PathBuf, PathBuf>,
    /// Directories, by where they stand, that are other than they were made.
    attributes: BTreeMap<PathBuf, Attributes>,
}

impl View {
    fn fitting(&self, implied: &Implied) -> io::Result<Fitting> {
        let mut fitting = Fitting::default();
        // Parents come before what lies in them.
        for path in implied {
            let parent = path.parent().unwrap_or(Path::new(""));
            let moved = fitting
                .places
                .get(parent)
                .map(|place| place.join(path.file_name().unwrap_or_default()));
            let wanted = moved.clone().unwrap_or_else(|| path.clone());
            let (place, attributes) = match self.below(&wanted)? {
                Below::Directory(attributes) => (wanted, Some(attributes)),
                Below::Symlink(target) => match self.real_directory(&wanted, &target)? {
                    Some((place, attributes)) => (place, Some(attributes)),
                    None => (wanted, None),
                },
                Below::Nothing => (wanted, None),
            };
            if place != *path {
                fitting.places.insert(path.clone(), place.clone());
            }
            if let Some(attributes) = attributes.filter(|attributes| !attributes.is_implied()) {
                fitting.attributes.insert(place, attributes);
            }
        }
        Ok(fitting)
    }

    /// Looks a name up without following links: a link in the middle hides what is behind it, as it would in the mounted stack.
    fn below(&self, path: &Path) -> io::Result<Below> {
        let mut own = Some(self.own.try_clone()?);
        let mut lower: Vec<OwnedFd> =
            self.lower.iter().map(OwnedFd::try_clone).collect::<io::Result<_>>()?;
        let mut components = path.components().peekable();
        while let Some(component) = components.next() {
            let name = component.as_os_str();
            let is_last = components.peek().is_none();
            match own.as_ref().map(|own| look(own, name)).transpose()?.unwrap_or(Looked::Nothing) {
                Looked::Nothing => own = None,
                Looked::Directory(fd, true) => (own, lower) = (Some(fd), Vec::new()),
                Looked::Directory(fd, false) => own = Some(fd),
                Looked::Whiteout | Looked::Symlink(_) | Looked::Other => return Ok(Below::Nothing),
            }
            let mut next = Vec::new();
            for directory in &lower {
                match look(directory, name)? {
                    Looked::Nothing => {}
                    Looked::Directory(fd, is_opaque) => {
                        next.push(fd);
                        if is_opaque {
                            break;
                        }
                    }
                    Looked::Symlink(target) if next.is_empty() && is_last => {
                        return Ok(Below::Symlink(target));
                    }
                    Looked::Whiteout | Looked::Symlink(_) | Looked::Other => break,
                }
            }
            lower = next;
        }
        match lower.first() {
            Some(top) => Ok(Below::Directory(Attributes::read_below(top)?)),
            None => Ok(Below::Nothing),
        }
    }

    /// The directory that a link below leads to, if it is one.
    fn real_directory(
        &self,
        link: &Path,
        target: &Path,
    ) -> io::Result<Option<(PathBuf, Attributes)>> {
        let mut real = link.parent().unwrap_or(Path::new("")).to_owned();
        let mut ahead: Vec<OsString> = Vec::new();
        let mut attributes = None;
        follow(&mut real, &mut ahead, target);
        let mut links = 1;
        while let Some(name) = ahead.pop() {
            if name == ".." {
                real.pop();
                continue;
            }
            match self.below(&real.join(&name))? {
                Below::Directory(found) => {
                    real.push(name);
                    attributes = Some(found);
                }
                Below::Symlink(target) if links < LINKS_MAX => {
                    links += 1;
                    follow(&mut real, &mut ahead, &target);
                }
                Below::Symlink(_) | Below::Nothing => return Ok(None),
            }
        }
        Ok(attributes.map(|attributes| (real, attributes)))
    }
}

/// Puts a link's target before what is still to be looked up.
fn follow(real: &mut PathBuf, ahead: &mut Vec<OsString>, target: &Path) {
    if target.is_absolute() {
        real.clear();
    }
    for component in target.components().rev() {
        match component {
            Component::Normal(name) => ahead.push(name.to_owned()),
            Component::ParentDir => ahead.push("..".into()),
            Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
        }
    }
}

enum Looked {
    Nothing,
    /// And whether it hides those below.
    Directory(OwnedFd, bool),
    Symlink(PathBuf),
    Whiteout,
    Other,
}

fn look(directory: &OwnedFd, name: &OsStr) -> io::Result<Looked> {
    let stat = match rustix::fs::statat(directory, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => stat,
        Err(Errno::NOENT) => return Ok(Looked::Nothing),
        Err(error) => return Err(error.into()),
    };
    Ok(match FileType::from_raw_mode(stat.st_mode) {
        FileType::Directory => {
            let fd = rooted::open_directory(directory.as_fd(), name)?;
            let mut value = [0; 1];
            let is_opaque =
                rustix::fs::fgetxattr(&fd, OPAQUE, &mut value) == Ok(1) && value == *b"y";
            Looked::Directory(fd, is_opaque)
        }
        FileType::Symlink => {
            let target = rustix::fs::readlinkat(directory, name, Vec::new())?;
            Looked::Symlink(PathBuf::from(OsStr::from_bytes(target.as_bytes())))
        }
        FileType::CharacterDevice if stat.st_rdev == 0 => Looked::Whiteout,
        _ => Looked::Other,
    })
}

/// Makes a layer's second directory.
struct Copy<'a> {
    view: &'a View,
    fitting: &'a Fitting,
    target: Rooted,
}

impl Copy<'_> {
    fn whole(&mut self) -> io::Result<()> {
        let root = self.view.own.try_clone()?;
        let attributes = Attributes::read(&root)?;
        self.children(&root, Path::new(""), Path::new(""))?;
        let target = rooted::open_directory(self.target.directory(&[])?, OsStr::new("."))?;
        attributes.write(&target)
    }

    /// Depth is that of an unpacked layer's paths, which is limited.
    fn children(&mut self, source: &OwnedFd, path: &Path, place: &Path) -> io::Result<()> {
        for child in rustix::fs::Dir::read_from(source)? {
            let child = child?;
            let name = OsStr::from_bytes(child.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            match look(source, name)? {
                Looked::Nothing => {}
                Looked::Directory(fd, _) => {
                    self.directory(&fd, &path.join(name), &place.join(name))?
                }
                Looked::Symlink(_) | Looked::Whiteout | Looked::Other => {
                    let target = self.at(place)?;
                    match rustix::fs::linkat(source, name, &target, name, AtFlags::empty()) {
                        // Two names of the layer came together; the first stays.
                        Err(Errno::EXIST) => {
                            tracing::debug!(place = %place.join(name).display(), "two files of a layer meet")
                        }
                        done => done?,
                    }
                }
            }
        }
        Ok(())
    }

    fn directory(&mut self, source: &OwnedFd, path: &Path, place: &Path) -> io::Result<()> {
        let place = self.fitting.places.get(path).map_or(place, PathBuf::as_path);
        let target = self.at(place)?;
        let attributes = match self.fitting.attributes.get(place) {
            Some(attributes) => attributes.clone(),
            None => Attributes::read(source)?,
        };
        attributes.write(&target)?;
        self.children(source, path, place)?;
        attributes.write_time(&target)
    }

    /// A directory of the copy; those above it that the layer does not have are made as they are below.
    fn at(&mut self, place: &Path) -> io::Result<OwnedFd> {
        let bytes = place.as_os_str().as_bytes();
        let parts: Vec<&[u8]> =
            bytes.split(|b| *b == b'/').filter(|part| !part.is_empty()).collect();
        let mut made = Implied::new();
        let fd = reopen(self.target.directory_or_make(&parts, &mut made)?)?;
        for path in made.iter().filter(|path| *path != place) {
            if let Below::Directory(attributes) = self.view.below(path)? {
                let parts: Vec<&[u8]> = path.as_os_str().as_bytes().split(|b| *b == b'/').collect();
                attributes.write(&reopen(self.target.directory(&parts)?)?)?;
            }
        }
        Ok(fd)
    }
}

fn reopen(directory: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    rooted::open_directory(directory, OsStr::new("."))
}
