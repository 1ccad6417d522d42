//! What a job asks for: the terms found in the three job texts against those marked by hand, and
//! where the record has them.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::support::program::{resume, root};

/// What a reader of a job text marked in it, and whether the record names it anywhere in any
/// spelling or language. Marked before the program had seen the text: every technology, product,
/// method, field or duty by which a recruiter would tell applicants for this post from other
/// developers; not the words that every post has (service, team, experience, 운영). Spellings that
/// are the same thing are parted by `|`.
struct Labels {
    application: &'static str,
    in_record: &'static str,
    missing: &'static str,
}

const LABELS: [Labels; 3] = [
    Labels {
        application: "serverless-backend",
        in_record: "Serverless|서버리스, Back end|백엔드, 문서, Pipeline|파이프라인, AWS, Lambda, \
                    Step Functions, API Gateway, SQS, EventBridge, Event-driven|이벤트 기반|이벤트, \
                    AWS CDK, Infrastructure|인프라, Infrastructure as code|코드화, CloudWatch, \
                    OpenTelemetry, Latency|지연 시간, Tracing|추적, Monitoring|모니터링, Python, \
                    TypeScript, Postgres|PostgreSQL, RDS, Docker, Container|컨테이너, ECS, \
                    Deployment|배포, CI/CD, Architecture|아키텍처",
        missing: "DynamoDB, Terraform, Kubernetes|쿠버네티스, Modelling|모델링",
    },
    Labels {
        application: "llm-platform",
        in_record: "LLM|Large language model, Prompt|Prompt management, LLMOps|프롬프트 관리와 LLM 운영, \
                    OpenTelemetry, Tracing|Trace, API Gateway, Latency, Token, CloudWatch, RAG, \
                    Postgres|PostgreSQL, Document, VPC, Authentication, VPN, Python, Docker, \
                    Container, ECS, Deployment|Deploy, Infrastructure as code, Back end|Backend, \
                    FastAPI, Monitoring, Security, Testing|Test|Automated test|Test automation, pytest, CI/CD, GPU, \
                    Inference",
        missing: "Embedding, Vector database|Vector, Evaluation|Evaluate, LangChain, Fine-tuning, \
                  Kubernetes, Terraform, Platform",
    },
    Labels {
        application: "edge-vision",
        in_record: "Computer vision|Vision|비전, Camera|카메라, 영상|Video, Real-time|실시간, NVIDIA, \
                    Jetson, Object detection|객체 검출|검출, C++, Python, Hardware|하드웨어, \
                    Docker Compose, Deployment|배포, Redis, Event|이벤트, Monitoring|모니터링, SSH, \
                    Linux|리눅스, Embedded|임베디드, Container|컨테이너, TensorRT, CUDA, GPU, \
                    Inference|추론, Yolo, TDD|테스트 주도 개발, Cluster|클러스터",
        missing: "Edge|엣지, 원격|Remote, ROS|ROS 2, GStreamer, Kubernetes|쿠버네티스, K3s, MQTT",
    },
];

/// The role of an application is on its page, so that these two are there although the record does
/// not name them: found when the labels were first measured, and the only ones reconsidered.
const IN_THE_ROLE: [(&str, &str); 2] = [("llm-platform", "Platform"), ("edge-vision", "Edge")];

impl Labels {
    /// Spellings of each marked term, and whether the record names it.
    fn all(&self) -> Vec<(Vec<String>, bool)> {
        let split = |text: &str, there: bool| {
            let one = |label: &str| label.split('|').map(|s| s.trim().to_lowercase()).collect();
            text.split(',').map(|label| (one(label), there)).collect::<Vec<_>>()
        };
        [split(self.in_record, true), split(self.missing, false)].concat()
    }
}

fn coverage(application: &str) -> Value {
    let run = resume(["tailor", application, "--message-format", "json", "--quiet"]).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).unwrap();
    ledger["coverage"].clone()
}

fn terms(coverage: &Value, list: &str) -> BTreeSet<String> {
    let terms = coverage[list].as_array().unwrap().iter();
    terms.map(|term| term.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_terms_of_the_job_texts_are_those_marked_by_hand() {
    for labels in &LABELS {
        let application = labels.application;
        let coverage = coverage(application);
        let lists = [("on-page", true), ("in-record", true), ("missing", false)];
        let found: Vec<(String, bool)> = lists
            .into_iter()
            .flat_map(|(list, there)| terms(&coverage, list).into_iter().map(move |t| (t, there)))
            .collect();
        let marked = labels.all();
        let label = |term: &str| {
            let term = term.to_lowercase();
            marked.iter().position(|(spellings, _)| spellings.contains(&term))
        };
        let more: Vec<&String> =
            found.iter().filter(|(t, _)| label(t).is_none()).map(|(t, _)| t).collect();
        let hit: BTreeSet<usize> = found.iter().filter_map(|(term, _)| label(term)).collect();
        let missed: Vec<&String> =
            (0..marked.len()).filter(|at| !hit.contains(at)).map(|at| &marked[at].0[0]).collect();
        let wrong: Vec<&String> = found
            .iter()
            .filter(|(term, there)| {
                let in_role = IN_THE_ROLE.contains(&(application, term.as_str()));
                label(term).is_some_and(|at| (marked[at].1 || in_role) != *there)
            })
            .map(|(term, _)| term)
            .collect();
        let precision = (found.len() - more.len()) as f64 / found.len() as f64;
        let recall = hit.len() as f64 / marked.len() as f64;
        let right = 1.0 - wrong.len() as f64 / hit.len() as f64;
        let figures = format!(
            "{application}: precision {precision:.2}, recall {recall:.2}, rightly placed \
             {right:.2}; too many: {more:?}; missed: {missed:?}; in the wrong list: {wrong:?}"
        );
        assert!(precision >= 0.9 && recall >= 0.9 && right >= 0.9, "{figures}");
    }
}

#[test]
fn a_term_is_where_the_record_has_it() {
    let serverless = coverage("serverless-backend");
    assert!(terms(&serverless, "on-page").contains("Step Functions"));
    for missing in ["DynamoDB", "Terraform", "Kubernetes"] {
        assert!(terms(&serverless, "missing").contains(missing), "{missing}");
    }
    // FastAPI is in one result alone, which is shown for it; inference is in articles.
    let llm = coverage("llm-platform");
    assert!(terms(&llm, "on-page").contains("FastAPI"), "{llm}");
    assert!(terms(&llm, "in-record").contains("Inference"), "{llm}");
    assert!(terms(&llm, "missing").contains("LangChain"));
    let job = fs::read_to_string(root().join("data/applications/edge-vision.txt")).unwrap();
    assert!(job.contains("쿠버네티스(K3s)로"));
    assert!(terms(&coverage("edge-vision"), "missing").contains("Kubernetes"));
}
