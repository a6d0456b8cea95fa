//! A list for each child, one behind the other in one piece of memory.

/// Lists by the child's place in the snapshot's list.
pub(super) struct ByChild<T> {
    /// Where each child's list begins, and behind the last child the end.
    begins: Vec<u32>,
    lists: Vec<T>,
}

impl<T: Copy> ByChild<T> {
    /// Gathers what comes, each with its child; a child's list has it in the order in which it comes. It is asked for twice:
    /// to count, and then to put it into its place.
    pub fn gathered<I: Iterator<Item = (u32, T)>>(children: usize, all: impl Fn() -> I) -> ByChild<T> {
        let mut begins = vec![0u32; children + 1];
        all().for_each(|(child, _)| begins[child as usize + 1] += 1);
        (1..begins.len()).for_each(|at| begins[at] += begins[at - 1]);
        let count = begins.last().map_or(0, |end| *end as usize);
        let mut lists: Vec<T> = all().next().map_or_else(Vec::new, |(_, any)| vec![any; count]);
        let mut ends = begins.clone();
        for (child, one) in all() {
            let end = &mut ends[child as usize];
            lists[*end as usize] = one;
            *end += 1;
        }
        ByChild { begins, lists }
    }

    pub fn of(&self, child: u32) -> &[T] {
        let at = child as usize;
        &self.lists[self.begins[at] as usize..self.begins[at + 1] as usize]
    }

    /// Does something with each list, such as putting it in order.
    pub fn each(&mut self, mut with: impl FnMut(&mut [T])) {
        self.begins.windows(2).for_each(|ends| with(&mut self.lists[ends[0] as usize..ends[1] as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_child_has_what_came_for_it_in_that_order() {
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c'), (0, 'd'), (2, 'b')];
        let mut lists = ByChild::gathered(4, || pairs.into_iter());
        assert_eq!([0, 1, 2, 3].map(|child| lists.of(child)), [&['b', 'd'][..], &[], &['a', 'c', 'b'], &[]]);
        lists.each(<[char]>::sort);
        assert_eq!(lists.of(2), ['a', 'b', 'c']);
        assert!(ByChild::<char>::gathered(1, std::iter::empty).of(0).is_empty());
    }
}
