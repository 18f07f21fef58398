//! Ids for new records, from one seed.
//!
//! Invariant: the same seed and the same question give the same bytes, so that a decision is a function of its arguments; two
//! questions that differ in purpose or index give unrelated bytes. The shell draws a fresh seed for every call.

use domain::id;
use ring::digest::{Context, SHA256};

/// Where a decision gets its ids and its chance from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    seed: [u8; 32],
}

impl Ids {
    /// All ids that follow from `seed`.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { seed }
    }

    /// A source of its own for the `index`th thing of one kind, such as a task whose containers need ids too.
    pub fn child(&self, purpose: &str, index: usize) -> Self {
        let mut context = Context::new(&SHA256);
        context.update(&self.seed);
        context.update(&(purpose.len() as u64).to_be_bytes());
        context.update(purpose.as_bytes());
        context.update(&(index as u64).to_be_bytes());
        let mut seed = [0; 32];
        seed.copy_from_slice(context.finish().as_ref());
        Self { seed }
    }

    /// Sixteen bytes for the `index`th thing of one kind: a task's or an instance's id.
    pub fn bytes(&self, purpose: &str, index: usize) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.child(purpose, index).seed[..16]);
        bytes
    }

    /// As many bytes as a secret or a longer id takes.
    pub fn array<const N: usize>(&self, purpose: &str) -> [u8; N] {
        let mut bytes = [0; N];
        for (index, chunk) in bytes.chunks_mut(16).enumerate() {
            chunk.copy_from_slice(&self.bytes(purpose, index)[..chunk.len()]);
        }
        bytes
    }

    /// A UUID for the `index`th thing of one kind: a container's or an attachment's id.
    pub fn uuid(&self, purpose: &str, index: usize) -> String {
        id::uuid(self.bytes(purpose, index))
    }

    /// A number for the `index`th thing of one kind, each as likely: a choice of `random` placement.
    pub fn number(&self, purpose: &str, index: usize) -> u64 {
        let bytes = self.bytes(purpose, index);
        bytes[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn the_same_question_has_the_same_answer_and_no_other_has_it() {
        let ids = Ids::from_seed([7; 32]);
        assert_eq!(ids.bytes("task", 3), Ids::from_seed([7; 32]).bytes("task", 3));
        let others = [
            ids.bytes("task", 4),
            ids.bytes("container", 3),
            ids.child("task", 3).bytes("task", 3),
            Ids::from_seed([8; 32]).bytes("task", 3),
        ];
        assert!(!others.contains(&ids.bytes("task", 3)), "{others:?}");
    }
}
