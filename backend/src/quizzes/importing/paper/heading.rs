//! What stands above the questions of a kind.

use shared::quizzes::QuestionKind;

use super::super::answer::kind_of;

/// Of the questions that follow.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    pub kind: Option<QuestionKind>,
    /// What they are called where that is not asked here.
    pub foreign: Option<String>,
}

/// Kinds of questions that have no options to tick.
const FOREIGN: [&str; 9] = [
    "填空题",
    "简答题",
    "问答题",
    "论述题",
    "名词解释",
    "案例分析题",
    "计算题",
    "操作题",
    "连线题",
];

expression!(
    HEADING,
    r"^(?:[（(][一二三四五六七八九十]{1,3}[)）]\s*[、.．:：]?\s*|第?[一二三四五六七八九十]{1,3}(?:部分|大题)?\s*[、.．:：\s]\s*)(.*)$"
);

pub fn heading(text: &str) -> Option<Heading> {
    const LONGEST: usize = 80;
    if text.chars().count() > LONGEST {
        return None;
    }
    let numbered = HEADING.captures(text).map(|it| it[1].trim().to_owned());
    let rest = numbered.as_deref().unwrap_or(text);
    // What follows in brackets says how many points there are.
    let name = rest.split(['（', '(', '，', ',', '：', ':', '。', ' ']).next().unwrap_or_default();
    if let Some(kind) = kind_of(name) {
        return Some(Heading { kind: Some(kind), foreign: None });
    }
    if let Some(foreign) =
        FOREIGN.iter().find(|it| name == **it || name == it.trim_end_matches('题'))
    {
        return Some(Heading { kind: None, foreign: Some((*foreign).into()) });
    }
    numbered.as_ref()?;
    match kinds_in(name) {
        Some(kind) => Some(Heading { kind: Some(kind), foreign: None }),
        // Whatever kind that is, it is none of ours.
        None => name.ends_with('题').then(|| Heading { kind: None, foreign: Some(name.into()) }),
    }
}

fn kinds_in(name: &str) -> Option<QuestionKind> {
    let kinds = [
        ("多", QuestionKind::Multiple),
        ("不定项", QuestionKind::Multiple),
        ("判断", QuestionKind::TrueFalse),
        ("单", QuestionKind::Single),
        ("选择", QuestionKind::Single),
    ];
    let is_of_questions = ["题", "选择", "判断"].iter().any(|it| name.ends_with(it));
    kinds.iter().find(|it| is_of_questions && name.contains(it.0)).map(|it| it.1)
}
