//! Which patches are worth fetching (pure): those that bring fewer bytes than the chunks that they save.

use std::collections::BTreeSet;

/// A chunk that would have to be fetched, unless all of some patches are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Saving {
    /// The bytes of the chunk as it is stored.
    pub(crate) stored: u64,
    /// The patches that make what it lacks; at least one.
    pub(crate) patches: BTreeSet<usize>,
}

/// Chooses among patches of these lengths so that patches and chunks together are few bytes. It begins with all, and
/// leaves out a patch, or what one chunk needs, or all that hangs together, as long as that costs no bytes.
pub(crate) fn choose(lengths: &[u64], savings: &[Saving]) -> BTreeSet<usize> {
    let scale = Scale::new(lengths, savings);
    let mut chosen: BTreeSet<usize> = (0..lengths.len()).collect();
    let groups = groups(lengths.len(), savings);
    loop {
        let before = chosen.len();
        for group in &groups {
            if scale.is_too_dear(group, &chosen) {
                chosen = &chosen - group;
            }
        }
        if chosen.len() == before {
            return chosen;
        }
    }
}

/// Weighs patches against what they save.
struct Scale<'a> {
    lengths: &'a [u64],
    savings: &'a [Saving],
    /// For each patch, the places of the savings that need it.
    of_patch: Vec<Vec<usize>>,
}

impl<'a> Scale<'a> {
    fn new(lengths: &'a [u64], savings: &'a [Saving]) -> Self {
        let mut of_patch = vec![Vec::new(); lengths.len()];
        for (place, saving) in savings.iter().enumerate() {
            saving
                .patches
                .iter()
                .for_each(|&patch| of_patch[patch].push(place));
        }
        Self {
            lengths,
            savings,
            of_patch,
        }
    }

    /// Whether what is chosen of a group has no fewer bytes than what would be fetched without it.
    fn is_too_dear(&self, group: &BTreeSet<usize>, chosen: &BTreeSet<usize>) -> bool {
        let dropped = group & chosen;
        let spent: u64 = dropped.iter().map(|&patch| self.lengths[patch]).sum();
        let touched: BTreeSet<usize> = dropped
            .iter()
            .flat_map(|&patch| self.of_patch[patch].iter().copied())
            .collect();
        let lost = touched.into_iter().map(|place| &self.savings[place]);
        let lost = lost
            .filter(|saving| saving.patches.is_subset(chosen))
            .map(|saving| saving.stored);
        !dropped.is_empty() && lost.sum::<u64>() <= spent
    }
}

/// Each patch alone, the patches that one chunk needs, and those that hang together by chunks.
fn groups(count: usize, savings: &[Saving]) -> BTreeSet<BTreeSet<usize>> {
    let mut clusters: Vec<BTreeSet<usize>> = Vec::new();
    for saving in savings {
        let (joined, apart): (Vec<_>, Vec<_>) = clusters
            .into_iter()
            .partition(|cluster| !cluster.is_disjoint(&saving.patches));
        let whole = joined.into_iter().flatten().chain(saving.patches.iter().copied());
        clusters = apart;
        clusters.push(whole.collect());
    }
    let alone = (0..count).map(|patch| BTreeSet::from([patch]));
    let needed = savings.iter().map(|saving| saving.patches.clone());
    alone.chain(needed).chain(clusters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn saving(stored: u64, patches: &[usize]) -> Saving {
        Saving {
            stored,
            patches: patches.iter().copied().collect(),
        }
    }

    fn bytes(chosen: &BTreeSet<usize>, lengths: &[u64], savings: &[Saving]) -> u64 {
        let patches: u64 = chosen.iter().map(|&patch| lengths[patch]).sum();
        let fetched = savings.iter().filter(|saving| !saving.patches.is_subset(chosen));
        patches + fetched.map(|saving| saving.stored).sum::<u64>()
    }

    #[test]
    fn a_patch_is_chosen_where_it_is_shorter_than_the_chunks() {
        assert_eq!(
            choose(&[10, 10], &[saving(11, &[0]), saving(9, &[1])]),
            [0].into()
        );
    }

    #[test]
    fn patches_that_only_help_together_are_chosen_together_or_not_at_all() {
        assert_eq!(choose(&[10, 10], &[saving(21, &[0, 1])]), [0, 1].into());
        assert_eq!(choose(&[10, 10], &[saving(19, &[0, 1])]), [].into());
    }

    #[test]
    fn patches_that_hang_together_are_left_out_together() {
        let chain = [saving(15, &[0, 1]), saving(15, &[1, 2]), saving(15, &[2, 3])];
        assert_eq!(choose(&[12; 4], &chain), [].into());
    }

    #[test]
    fn a_patch_that_saves_nothing_is_not_fetched() {
        assert_eq!(choose(&[1], &[]), [].into());
    }

    proptest! {
        #[test]
        fn patches_never_cost_more_than_no_patches(
            lengths in prop::collection::vec(1_u64..100, 0..6),
            raw in prop::collection::vec((1_u64..100, prop::collection::btree_set(0_usize..6, 1..3)), 0..10),
        ) {
            let savings: Vec<Saving> = raw
                .into_iter()
                .filter(|(_, patches)| patches.iter().all(|&patch| patch < lengths.len()))
                .map(|(stored, patches)| Saving { stored, patches })
                .collect();
            let chosen = choose(&lengths, &savings);
            prop_assert!(bytes(&chosen, &lengths, &savings) <= bytes(&BTreeSet::new(), &lengths, &savings));
            for &patch in &chosen {
                let without = &chosen - &BTreeSet::from([patch]);
                prop_assert!(bytes(&without, &lengths, &savings) > bytes(&chosen, &lengths, &savings));
            }
        }
    }
}
