//! Chance that comes from a seed: the same seed throws the same again.

use crate::model::IdSource;

pub(super) struct Dice(IdSource);

impl Dice {
    /// Dice of their own for each purpose, so that what one draws never moves what another does.
    pub fn new(seed: u64, purpose: &str) -> Dice {
        const FNV_START: u64 = 0xCBF2_9CE4_8422_2325;
        let mixed =
            purpose.bytes().fold(FNV_START, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Dice(IdSource::Seeded(mixed ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// The source of ids.
    pub fn ids(&mut self) -> &mut IdSource {
        &mut self.0
    }

    /// From 0 to one less than `end`, which is above 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.0.number() % end as u64) as usize
    }

    /// Both ends are possible.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    pub fn chance(&mut self, percent: f64) -> bool {
        (self.0.number() >> 11) as f64 / (1u64 << 53) as f64 * 100.0 < percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub fn word(&mut self, list: &[String]) -> String {
        self.pick(list).clone()
    }

    /// One of these, in so many percent of the throws.
    pub fn maybe(&mut self, percent: f64, list: &[String]) -> Option<String> {
        self.chance(percent).then(|| self.word(list))
    }
}
