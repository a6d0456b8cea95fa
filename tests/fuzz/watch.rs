//! One input at a time: whether it ends, whether it panics, how much memory it takes at most.

use std::alloc::{GlobalAlloc, Layout, System};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, Once};
use std::time::{Duration, Instant};

/// Counts what the process holds, so that the most that one input takes is known.
pub struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn took(bytes: usize) {
    PEAK.fetch_max(NOW.fetch_add(bytes, Relaxed) + bytes, Relaxed);
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        took(size);
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.realloc(place, layout, size) }
    }
}

/// The input at work: what it is for, its bytes, and when it began. Its number is 0 between two of them.
static CURRENT: Mutex<Option<(String, Vec<u8>, Instant)>> = Mutex::new(None);
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// An input that takes longer than this hangs: a thousand times what the slowest needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// What became of one input.
#[derive(Debug)]
pub struct Ran {
    pub peak: usize,
    pub panic: Option<String>,
}

/// Runs one input. One that hangs ends the whole process, with the input kept beside the corpus.
pub fn run(target: &str, input: &[u8], work: impl FnOnce()) -> Ran {
    begin_watching();
    *CURRENT.lock().unwrap() = Some((target.to_owned(), input.to_vec(), Instant::now()));
    NUMBER.fetch_add(1, Relaxed);
    let before = NOW.load(Relaxed);
    PEAK.store(before, Relaxed);
    let result = catch_unwind(AssertUnwindSafe(work));
    let peak = PEAK.load(Relaxed).saturating_sub(before);
    *CURRENT.lock().unwrap() = None;
    let panic = result.err().map(|why| match why.downcast::<String>() {
        Ok(text) => *text,
        Err(why) => why.downcast::<&str>().map_or_else(|_| "?".to_owned(), |text| (*text).to_owned()),
    });
    Ran { peak, panic }
}

fn begin_watching() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::thread::spawn(|| {
            loop {
                std::thread::sleep(Duration::from_millis(500));
                let current = CURRENT.lock().unwrap();
                if let Some((target, input, since)) = &*current
                    && since.elapsed() > PATIENCE
                {
                    eprintln!("{target}: an input hangs; kept as {}", keep(target, "hang", input).display());
                    std::process::abort();
                }
            }
        });
    });
}

/// Keeps an input that failed, to be given a name and put into the corpus.
pub fn keep(target: &str, why: &str, input: &[u8]) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&dir).expect("the folder of the build can be written");
    let hash = blake3::hash(input).to_hex();
    let path = dir.join(format!("{target}-{why}-{}", &hash[..12]));
    std::fs::write(&path, input).expect("the folder of the build can be written");
    path
}
