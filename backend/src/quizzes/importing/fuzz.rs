//! What the fuzzer tries of files with questions.

use super::read::{MOST, read};
use crate::{Error, quizzes::draft_rules};

/// Whatever it is, it becomes questions that the editor would save, or is refused in words.
pub fn questions(file: &[u8]) {
    match read(file) {
        Ok(read) => {
            assert!(read.questions.len() <= MOST && read.questions.len() + read.problems.len() > 0);
            for (row, mut question) in read.questions {
                assert!(row > 0 && question.id.is_none());
                assert!(draft_rules::wrong_with(&mut question).is_empty());
            }
            assert!(read.problems.iter().all(|it| it.row > 0 && !it.message.is_empty()));
        }
        Err(Error::Refused(problem)) => assert!(problem.detail.is_some()),
        Err(Error::Broken(error)) => panic!("it is nobody's fault but ours: {error:#}"),
    }
}
