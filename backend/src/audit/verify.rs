//! Goes through the chain from its first record and says what does not fit: edited, deleted,
//! reordered, cut off, or all stamped anew.
//!
//! An unkeyed chain proves nothing by itself: whoever owns the database can compute all of it again.
//! So the verdict is never "ok" but "verified up to anchor N".

use std::collections::BTreeMap;

use super::{
    anchor::Anchor,
    chain::{self, START, hex},
    verdict::{Finding, Verdict},
};

/// Findings that are told one by one: after the first, others follow from it.
const MOST: usize = 20;

/// A record as it was kept, wherever it is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub seq: i64,
    pub prev: Vec<u8>,
    pub hash: Vec<u8>,
    pub canonical: String,
    /// Whether what is searched by agrees with what was hashed.
    pub columns_agree: bool,
}

/// Takes the records in the order of their places.
#[derive(Debug)]
pub struct Verifier {
    /// By the place they were signed at; several servers may have signed at the same.
    anchors: BTreeMap<i64, Vec<String>>,
    last: i64,
    head: Vec<u8>,
    findings: Vec<Finding>,
    more: u64,
    anchored: Option<i64>,
}

impl Verifier {
    pub fn new(anchors: impl IntoIterator<Item = Anchor>) -> Self {
        let mut heads = BTreeMap::<_, Vec<_>>::new();
        for anchor in anchors {
            heads.entry(anchor.seq).or_default().push(anchor.head);
        }
        Self {
            anchors: heads,
            last: 0,
            head: START.to_vec(),
            findings: Vec::new(),
            more: 0,
            anchored: None,
        }
    }

    pub fn take(&mut self, link: &Link) {
        if link.seq > self.last + 1 {
            self.find(Finding::Missing { from: self.last + 1, to: link.seq - 1 });
        } else if link.prev != self.head {
            self.find(Finding::Unlinked(link.seq));
        }
        if chain::link(link.seq, &link.prev, &link.canonical) != link.hash {
            self.find(Finding::Changed(link.seq));
        } else if !link.columns_agree {
            self.find(Finding::Relabelled(link.seq));
        }
        self.compare_with_anchors(link);
        self.last = link.seq;
        self.head.clone_from(&link.hash);
    }

    fn compare_with_anchors(&mut self, link: &Link) {
        let Some(heads) = self.anchors.remove(&link.seq) else { return };
        let head = hex(&link.hash);
        if heads.iter().any(|it| *it != head) {
            self.find(Finding::Restamped(link.seq));
        } else if self.findings.is_empty() {
            self.anchored = Some(link.seq);
        }
    }

    fn find(&mut self, finding: Finding) {
        if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }

    pub fn end(mut self) -> Verdict {
        if let Some(anchor) = self.anchors.keys().next_back().copied().filter(|it| *it > self.last)
        {
            self.find(Finding::CutOff { last: self.last, anchor });
        }
        Verdict {
            findings: self.findings,
            more: self.more,
            last: self.last,
            anchored: self.anchored,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(texts: &[&str]) -> Vec<Link> {
        let (mut prev, mut links) = (START.to_vec(), Vec::new());
        for (seq, text) in (1..).zip(texts) {
            let hash = chain::link(seq, &prev, text);
            let prev = std::mem::replace(&mut prev, hash.clone());
            let canonical = (*text).to_owned();
            links.push(Link { seq, prev, hash, canonical, columns_agree: true });
        }
        links
    }

    fn anchor(link: &Link) -> Anchor {
        let head = hex(&link.hash);
        Anchor {
            alg: 1,
            at: String::new(),
            count: link.seq,
            head,
            key: String::new(),
            seq: link.seq,
        }
    }

    fn verdict(links: &[Link], anchors: Vec<Anchor>) -> Verdict {
        let mut verifier = Verifier::new(anchors);
        for link in links {
            verifier.take(link);
        }
        verifier.end()
    }

    #[test]
    fn a_whole_chain_is_verified_up_to_its_last_anchor_and_no_further() {
        let links = chain(&["a", "b", "c"]);
        let verdict = verdict(&links, vec![anchor(&links[0]), anchor(&links[1])]);
        assert_eq!((verdict.is_whole(), verdict.anchored, verdict.last), (true, Some(2), 3));
        let words = "verified up to anchor 2; 1 later records are chained but not anchored";
        assert_eq!(verdict.to_string(), words);
    }

    #[test]
    fn without_an_anchor_nothing_is_verified() {
        let verdict = verdict(&chain(&["a"]), Vec::new());
        assert!(verdict.to_string().ends_with("nothing is verified"));
    }

    #[test]
    fn every_way_of_changing_the_chain_is_found() {
        let links = chain(&["a", "b", "c", "d"]);
        let anchors = || vec![anchor(&links[1]), anchor(&links[3])];
        let found = |links: &[Link]| verdict(links, anchors()).findings;

        let mut edited = links.clone();
        edited[2].canonical = "x".into();
        assert_eq!(found(&edited), [Finding::Changed(3)]);

        let mut deleted = links.clone();
        deleted.remove(2);
        assert_eq!(found(&deleted), [Finding::Missing { from: 3, to: 3 }]);

        let mut moved = links.clone();
        moved.swap(1, 2);
        (moved[1].seq, moved[2].seq) = (2, 3);
        assert!(found(&moved).contains(&Finding::Changed(2)));
        assert!(found(&moved).contains(&Finding::Restamped(2)));

        assert_eq!(found(&links[..3]), [Finding::CutOff { last: 3, anchor: 4 }]);
        assert_eq!(found(&[]), [Finding::CutOff { last: 0, anchor: 4 }]);

        let restamped = chain(&["a", "b", "x", "d"]);
        assert_eq!(found(&restamped), [Finding::Restamped(4)]);
        assert_eq!(verdict(&restamped, anchors()).anchored, Some(2));

        let mut relabelled = links.clone();
        relabelled[0].columns_agree = false;
        assert_eq!(found(&relabelled), [Finding::Relabelled(1)]);
    }

    #[test]
    fn a_broken_chain_names_the_first_places_and_counts_the_rest() {
        let mut links = chain(&["a"; 50]);
        for link in &mut links {
            link.canonical = "x".into();
        }
        let verdict = verdict(&links, Vec::new());
        assert_eq!((verdict.findings.len(), verdict.more), (MOST, 30));
        assert!(verdict.to_string().ends_with("NOT VERIFIED"));
    }
}
