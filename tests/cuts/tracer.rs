//! A command run under `ptrace`: every system call by which it writes inside a folder is seen, counted, and recorded,
//! refused, torn or never made, as ordered. It knows the calls of Linux on x86-64 and nothing of how guanai writes.

use std::collections::HashMap;
use std::ffi::CString;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::disk::Op;

/// What happens to the calls that write, which are counted from 1.
#[derive(Debug, Clone, Copy)]
pub enum Order {
    /// Nothing.
    Let,
    /// The process ends in place of this call.
    Kill(usize),
    /// Of this call, where it writes, only so many bytes are written; then the process ends.
    Tear(usize, u64),
    /// This call and the next so many ones fail with this error; of the first one, a write, half is done.
    Refuse { from: usize, count: usize, errno: i32 },
    /// Before this call is made, an editor saves a file: these bytes are added to its end.
    Save { at: usize, path: &'static str, text: &'static str },
    /// The folder is of this file system, by the number that `statfs` gives.
    Lies(i64),
    /// Asking for a lock fails with this error.
    Unlocked(i32),
    /// A folder cannot be synced.
    UnsyncedFolders,
    /// No file can be given rights.
    NoRights,
}

pub struct Ran {
    /// How many calls wrote, or would have.
    pub calls: usize,
    pub log: Vec<Op>,
    /// Nothing where the process was killed.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Whether this machine lets a process trace its child: some containers do not.
pub fn can_trace() -> bool {
    let mut command = Command::new("true");
    run(&mut command, Path::new("/nowhere"), Path::new("/"), Order::Let).is_ok_and(|ran| ran.code == Some(0))
}

/// Runs a command; its calls that write below `root` count, where `program` makes them.
pub fn run(command: &mut Command, root: &Path, program: &Path, order: Order) -> io::Result<Ran> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let filter = filter();
    // Sound: between fork and exec only system calls are made, and the filter was built before.
    unsafe {
        command.pre_exec(move || {
            let program = libc::sock_fprog { len: filter.len() as u16, filter: filter.as_ptr().cast_mut() };
            let failed = libc::ptrace(libc::PTRACE_TRACEME, 0, 0, 0) != 0
                || libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
                || libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program) != 0;
            if failed { Err(io::Error::last_os_error()) } else { Ok(()) }
        });
    }
    let mut child = command.spawn()?;
    let (mut out, mut err) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
    let mut tracer = Tracer {
        root: root.to_owned(),
        program: program.to_owned(),
        order,
        calls: 0,
        randoms: 0,
        log: Vec::new(),
        open: HashMap::new(),
    };
    let read = |stream: &mut dyn io::Read| {
        let mut text = String::new();
        stream.read_to_string(&mut text).map(|_| text)
    };
    // A pipe holds 64 kB: whoever waits for the process to end must read meanwhile.
    std::thread::scope(|scope| {
        let out = scope.spawn(move || read(&mut out));
        let err = scope.spawn(move || read(&mut err));
        let code = tracer.follow(child.id() as i32)?;
        let (out, err) = (out.join().expect("reads"), err.join().expect("reads"));
        Ok(Ran { calls: tracer.calls, log: tracer.log, code, out: out?, err: err? })
    })
}

const O_MAKES: u32 = (libc::O_CREAT | libc::O_TRUNC) as u32;

/// Every call by which a file or a folder changes, or is made sure of.
const TRACED: &[i64] = &[
    libc::SYS_write,
    libc::SYS_pwrite64,
    libc::SYS_writev,
    libc::SYS_pwritev,
    libc::SYS_pwritev2,
    libc::SYS_sendfile,
    libc::SYS_copy_file_range,
    libc::SYS_splice,
    libc::SYS_creat,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_renameat2,
    libc::SYS_link,
    libc::SYS_linkat,
    libc::SYS_symlink,
    libc::SYS_symlinkat,
    libc::SYS_unlink,
    libc::SYS_unlinkat,
    libc::SYS_rmdir,
    libc::SYS_mkdir,
    libc::SYS_mkdirat,
    libc::SYS_truncate,
    libc::SYS_ftruncate,
    libc::SYS_fallocate,
    libc::SYS_fsync,
    libc::SYS_fdatasync,
    libc::SYS_syncfs,
    libc::SYS_sync_file_range,
    libc::SYS_getrandom,
    libc::SYS_statfs,
    libc::SYS_flock,
    libc::SYS_chmod,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
];

/// The calls above, and those `openat` that make or empty a file, stop the process; all others run at full speed.
fn filter() -> Vec<libc::sock_filter> {
    let op = |code: u32, jt: u8, jf: u8, k: u32| libc::sock_filter { code: code as u16, jt, jf, k };
    let load = |offset: u32| op(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, offset);
    let equal = |k: i64, otherwise: u8| op(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K, 0, otherwise, k as u32);
    let give = |what: u32| op(libc::BPF_RET | libc::BPF_K, 0, 0, what);
    let mut program = vec![load(0)];
    for call in TRACED {
        program.extend([equal(*call, 1), give(libc::SECCOMP_RET_TRACE)]);
    }
    // The third argument of the call: its flags.
    program.extend([equal(libc::SYS_openat, 3), load(32)]);
    program.push(op(libc::BPF_JMP | libc::BPF_JSET | libc::BPF_K, 0, 1, O_MAKES));
    program.extend([give(libc::SECCOMP_RET_TRACE), give(libc::SECCOMP_RET_ALLOW)]);
    program
}

struct Tracer {
    root: PathBuf,
    program: PathBuf,
    order: Order,
    calls: usize,
    randoms: u64,
    log: Vec<Op>,
    /// What each thread is doing: its call, and whether the process ends behind it.
    open: HashMap<i32, (Call, bool)>,
}

/// A call that writes, before it is made.
enum Call {
    Write {
        path: String,
        fd: u64,
        at: Option<u64>,
        bytes: Vec<u8>,
    },
    Other(Op),
    /// It is known that it writes, and not what: it counts, and recording it is an error.
    Unknown(u64),
    /// Which file system it is, is written here.
    AskedSystem(u64),
}

impl Tracer {
    /// Goes along until the process and all that it started have ended; gives the exit code.
    fn follow(&mut self, first: i32) -> io::Result<Option<i32>> {
        let (mut code, mut started) = (None, false);
        loop {
            let mut status = 0;
            let tid = unsafe { libc::waitpid(-1, &raw mut status, libc::__WALL | libc::__WNOTHREAD) };
            if tid < 0 {
                return Ok(code);
            }
            if libc::WIFEXITED(status) && tid == first {
                code = Some(libc::WEXITSTATUS(status));
            }
            if !libc::WIFSTOPPED(status) {
                self.open.remove(&tid);
                continue;
            }
            let signal = libc::WSTOPSIG(status);
            match status >> 16 {
                0 if tid == first && !started => {
                    started = true;
                    set_options(tid)?;
                    go_on(tid, libc::PTRACE_CONT, 0);
                }
                0 if signal == libc::SIGTRAP | 0x80 => self.made(tid),
                0 => go_on(tid, libc::PTRACE_CONT, if signal == libc::SIGSTOP { 0 } else { signal }),
                event if event == libc::PTRACE_EVENT_SECCOMP => self.about_to(tid),
                _ => go_on(tid, libc::PTRACE_CONT, 0),
            }
        }
    }

    /// A call is about to be made.
    fn about_to(&mut self, tid: i32) {
        let Some(mut registers) = registers(tid) else { return };
        let counts = fs::read_link(format!("/proc/{tid}/exe")).is_ok_and(|exe| exe == self.program);
        if registers.orig_rax as i64 == libc::SYS_getrandom {
            if counts {
                self.give_randoms(tid, &mut registers);
            }
            return go_on(tid, libc::PTRACE_CONT, 0);
        }
        match (registers.orig_rax as i64, self.order) {
            (libc::SYS_flock, Order::Unlocked(errno)) if counts => return refuse(tid, &mut registers, errno),
            (libc::SYS_statfs, Order::Lies(_)) if counts => {
                self.open.insert(tid, (Call::AskedSystem(registers.rsi), false));
                return go_on(tid, libc::PTRACE_SYSCALL, 0);
            }
            (libc::SYS_chmod | libc::SYS_fchmod | libc::SYS_fchmodat, Order::NoRights) if counts => {
                return refuse(tid, &mut registers, libc::EPERM);
            }
            (libc::SYS_flock | libc::SYS_statfs | libc::SYS_chmod | libc::SYS_fchmod | libc::SYS_fchmodat, _) => {
                return go_on(tid, libc::PTRACE_CONT, 0);
            }
            _ => {}
        }
        let Some(call) = self.call(tid, &registers).filter(|_| counts) else {
            return go_on(tid, libc::PTRACE_CONT, 0);
        };
        self.calls += 1;
        let is_write = matches!(call, Call::Write { .. });
        let mut ends = false;
        match self.order {
            Order::Kill(at) if at == self.calls => return kill(tid),
            Order::Tear(at, _) if at == self.calls && !is_write => return kill(tid),
            Order::Tear(at, length) if at == self.calls => {
                registers.rdx = length.min(registers.rdx);
                set_registers(tid, &registers);
                ends = true;
            }
            Order::Refuse { from, count, errno } if (from..from.saturating_add(count)).contains(&self.calls) => {
                // A disk that fills takes what there is room for, and refuses the rest.
                if self.calls == from && is_write && count > 1 && registers.rdx > 1 {
                    registers.rdx /= 2;
                    set_registers(tid, &registers);
                } else {
                    return refuse(tid, &mut registers, errno);
                }
            }
            Order::Save { at, path, text } if at == self.calls => {
                let file = fs::File::options().append(true).open(self.root.join(path));
                file.and_then(|mut file| file.write_all(text.as_bytes())).expect("the editor saves");
            }
            Order::UnsyncedFolders => {
                if let Call::Other(Op::Sync(path)) = &call
                    && self.root.join(path).is_dir()
                {
                    return refuse(tid, &mut registers, libc::EINVAL);
                }
            }
            _ => {}
        }
        self.open.insert(tid, (call, ends));
        go_on(tid, libc::PTRACE_SYSCALL, 0);
    }

    /// The same random numbers in every run, so that the same command writes the same bytes.
    fn give_randoms(&mut self, tid: i32, registers: &mut libc::user_regs_struct) {
        let length = registers.rsi.min(256);
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < length {
            self.randoms = self.randoms.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            bytes.extend_from_slice(&self.randoms.to_be_bytes()[..4]);
        }
        let Ok(memory) = fs::File::options().write(true).open(format!("/proc/{tid}/mem")) else { return };
        if memory.write_all_at(&bytes[..length as usize], registers.rdi).is_ok() {
            registers.orig_rax = u64::MAX;
            registers.rax = length;
            set_registers(tid, registers);
        }
    }

    /// A call has been made: it is written down, where it was not refused.
    fn made(&mut self, tid: i32) {
        let Some((call, ends)) = self.open.remove(&tid) else { return go_on(tid, libc::PTRACE_CONT, 0) };
        let result = registers(tid).map_or(-1, |registers| registers.rax as i64);
        if result >= 0 {
            self.log.push(match call {
                Call::Write { path, fd, at, mut bytes } => {
                    bytes.truncate(result as usize);
                    let at = at.unwrap_or_else(|| position(tid, fd) - result as u64);
                    Op::Write { path, at, bytes }
                }
                Call::Other(op) => op,
                Call::AskedSystem(at) => {
                    if let (Order::Lies(number), Ok(memory)) =
                        (self.order, fs::File::options().write(true).open(format!("/proc/{tid}/mem")))
                    {
                        memory.write_all_at(&number.to_ne_bytes(), at).expect("the answer can be written");
                    }
                    return go_on(tid, libc::PTRACE_CONT, 0);
                }
                Call::Unknown(number) => panic!("system call {number} writes, and this harness does not know it"),
            });
        }
        if ends { kill(tid) } else { go_on(tid, libc::PTRACE_CONT, 0) }
    }

    /// The call, where it writes inside the folder.
    fn call(&self, tid: i32, registers: &libc::user_regs_struct) -> Option<Call> {
        let [a, b, c, d] = [registers.rdi, registers.rsi, registers.rdx, registers.r10];
        let here = libc::AT_FDCWD as u64;
        let fd = |fd: u64| self.inside(&fs::read_link(format!("/proc/{tid}/fd/{fd}")).ok()?);
        let at = |dir: u64, text: u64| self.inside(&resolved(tid, dir, text)?);
        let other = |op: Op| Some(Call::Other(op));
        let rename = |from: Option<String>, to: Option<String>| other(Op::Rename(from?, to?));
        let made = |path: String, flags: u64| match fs::symlink_metadata(self.root.join(&path)) {
            Err(_) if flags as i32 & libc::O_CREAT != 0 => other(Op::Create(path)),
            Ok(about) if about.is_file() && about.len() > 0 && flags as i32 & libc::O_TRUNC != 0 => {
                other(Op::Truncate(path, 0))
            }
            _ => None,
        };
        match registers.orig_rax as i64 {
            libc::SYS_write => write_call(tid, fd(a)?, a, None, b, c),
            libc::SYS_pwrite64 => write_call(tid, fd(a)?, a, Some(d), b, c),
            libc::SYS_openat => made(at(a, b)?, c),
            libc::SYS_creat => made(at(here, a)?, (libc::O_CREAT | libc::O_TRUNC) as u64),
            libc::SYS_rename => rename(at(here, a), at(here, b)),
            libc::SYS_renameat | libc::SYS_renameat2 => rename(at(a, b), at(c, d)),
            libc::SYS_unlink => other(Op::Remove(at(here, a)?)),
            libc::SYS_unlinkat => other(Op::Remove(at(a, b)?)),
            libc::SYS_rmdir => other(Op::Remove(at(here, a)?)),
            libc::SYS_mkdir => other(Op::MakeDir(at(here, a)?)),
            libc::SYS_mkdirat => other(Op::MakeDir(at(a, b)?)),
            libc::SYS_ftruncate => other(Op::Truncate(fd(a)?, b)),
            libc::SYS_truncate => other(Op::Truncate(at(here, a)?, b)),
            libc::SYS_fsync | libc::SYS_fdatasync => other(Op::Sync(fd(a)?)),
            libc::SYS_syncfs => other(Op::SyncAll),
            unknown => fd(a).or_else(|| at(here, a)).or_else(|| at(here, b)).map(|_| Call::Unknown(unknown as u64)),
        }
    }

    /// A path below the folder, as seen from it.
    fn inside(&self, path: &Path) -> Option<String> {
        Some(path.strip_prefix(&self.root).ok()?.to_string_lossy().into_owned())
    }
}

fn write_call(tid: i32, path: String, fd: u64, at: Option<u64>, from: u64, length: u64) -> Option<Call> {
    let mut bytes = vec![0; length as usize];
    memory(tid)?.read_exact_at(&mut bytes, from).ok()?;
    Some(Call::Write { path, fd, at, bytes })
}

fn memory(tid: i32) -> Option<fs::File> {
    fs::File::open(format!("/proc/{tid}/mem")).ok()
}

/// A path as the process names it, from a folder that it holds open or from where it stands.
fn resolved(tid: i32, dir: u64, text: u64) -> Option<PathBuf> {
    let mut bytes = Vec::new();
    let memory = memory(tid)?;
    while bytes.last() != Some(&0) && bytes.len() < 4096 {
        let mut one = [0];
        memory.read_exact_at(&mut one, text + bytes.len() as u64).ok()?;
        bytes.push(one[0]);
    }
    let text = CString::from_vec_with_nul(bytes).ok()?;
    let stands = match dir as i32 {
        libc::AT_FDCWD => format!("/proc/{tid}/cwd"),
        fd => format!("/proc/{tid}/fd/{fd}"),
    };
    let joined = fs::read_link(stands).ok()?.join(std::ffi::OsStr::from_bytes(text.as_bytes()));
    // `./x` and `x//y` name the same as `x` and `x/y`; guanai writes no `..`.
    Some(joined.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect())
}

/// Where the next byte of an open file goes.
fn position(tid: i32, fd: u64) -> u64 {
    let mut text = String::new();
    let about = fs::File::open(format!("/proc/{tid}/fdinfo/{fd}"));
    about.and_then(|mut about| about.read_to_string(&mut text)).expect("an open file says where it is");
    let line = text.lines().find_map(|line| line.strip_prefix("pos:")).expect("it has a position");
    line.trim().parse().expect("a number")
}

fn set_options(tid: i32) -> io::Result<()> {
    let options = libc::PTRACE_O_TRACESECCOMP
        | libc::PTRACE_O_TRACESYSGOOD
        | libc::PTRACE_O_TRACECLONE
        | libc::PTRACE_O_TRACEFORK
        | libc::PTRACE_O_TRACEVFORK
        | libc::PTRACE_O_TRACEEXEC
        | libc::PTRACE_O_EXITKILL;
    match unsafe { libc::ptrace(libc::PTRACE_SETOPTIONS, tid, 0, options) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// The call is not made, and fails with this error.
fn refuse(tid: i32, registers: &mut libc::user_regs_struct, errno: i32) {
    registers.orig_rax = u64::MAX;
    registers.rax = -i64::from(errno) as u64;
    set_registers(tid, registers);
    go_on(tid, libc::PTRACE_CONT, 0);
}

fn go_on(tid: i32, how: libc::c_uint, signal: i32) {
    unsafe { libc::ptrace(how, tid, 0, signal) };
}

/// Ends the process that a thread belongs to, at once.
fn kill(tid: i32) {
    unsafe { libc::kill(tid, libc::SIGKILL) };
}

fn registers(tid: i32) -> Option<libc::user_regs_struct> {
    let mut registers = std::mem::MaybeUninit::<libc::user_regs_struct>::zeroed();
    let got = unsafe { libc::ptrace(libc::PTRACE_GETREGS, tid, 0, registers.as_mut_ptr()) };
    (got == 0).then(|| unsafe { registers.assume_init() })
}

fn set_registers(tid: i32, registers: &libc::user_regs_struct) {
    unsafe { libc::ptrace(libc::PTRACE_SETREGS, tid, 0, std::ptr::from_ref(registers)) };
}
