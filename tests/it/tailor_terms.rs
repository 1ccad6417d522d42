//! What a job asks for: the terms found in the three job texts against those marked by hand.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::support::program::{resume, root};

/// The terms marked by hand in each job text: the technologies, methods and matters a candidate
/// would be asked about, each under one spelling.
const MARKED: [(&str, &[&str]); 3] = [
    (
        "serverless-backend",
        &[
            "Serverless",
            "Back end",
            "Pipeline",
            "AWS",
            "Lambda",
            "Step Functions",
            "API Gateway",
            "SQS",
            "EventBridge",
            "Event-driven",
            "AWS CDK",
            "CloudWatch",
            "OpenTelemetry",
            "Latency",
            "Monitoring",
            "Python",
            "TypeScript",
            "Postgres",
            "RDS",
            "Docker",
            "Container",
            "ECS",
            "DynamoDB",
            "Terraform",
            "CI/CD",
            "Kubernetes",
            "Infrastructure as code",
            "문서",
        ],
    ),
    (
        "llm-platform",
        &[
            "LLM",
            "Platform",
            "Prompt",
            "프롬프트 관리와 LLM 운영",
            "OpenTelemetry",
            "API Gateway",
            "Latency",
            "token",
            "CloudWatch",
            "RAG",
            "document",
            "Embedding",
            "Postgres",
            "Vector database",
            "VPC",
            "Authentication",
            "VPN",
            "Python",
            "Docker",
            "Container",
            "ECS",
            "Infrastructure as code",
            "Back end",
            "FastAPI",
            "Monitoring",
            "Security",
            "pytest",
            "CI/CD",
            "LangChain",
            "Fine-tuning",
            "GPU",
            "Inference",
            "Kubernetes",
            "Terraform",
        ],
    ),
    (
        "edge-vision",
        &[
            "Edge",
            "Camera",
            "Jetson",
            "Object detection",
            "C++",
            "Python",
            "Hardware",
            "Docker Compose",
            "Redis",
            "Monitoring",
            "SSH",
            "Linux",
            "Embedded",
            "Container",
            "TensorRT",
            "CUDA",
            "GPU",
            "Inference",
            "Yolo",
            "TDD",
            "ROS",
            "GStreamer",
            "Kubernetes",
            "K3s",
            "Cluster",
            "MQTT",
            "영상",
            "장비",
            "원격",
            "모델",
        ],
    ),
];

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
    for (application, marked) in MARKED {
        let coverage = coverage(application);
        let lists = ["on-page", "in-record", "missing"];
        let found: BTreeSet<String> =
            lists.iter().flat_map(|list| terms(&coverage, list)).collect();
        let marked: BTreeSet<String> = marked.iter().map(|term| (*term).to_owned()).collect();
        let both = found.intersection(&marked).count() as f64;
        let (precision, recall) = (both / found.len() as f64, both / marked.len() as f64);
        let (more, less) = (found.difference(&marked), marked.difference(&found));
        let lists = format!(
            "too many: {:?}; missed: {:?}",
            more.collect::<Vec<_>>(),
            less.collect::<Vec<_>>()
        );
        assert!(precision >= 0.9, "{application}: precision {precision:.2}; {lists}");
        assert!(recall >= 0.9, "{application}: recall {recall:.2}; {lists}");
    }
}

#[test]
fn a_term_is_where_the_record_has_it() {
    let serverless = coverage("serverless-backend");
    assert!(terms(&serverless, "on-page").contains("Step Functions"));
    for missing in ["DynamoDB", "Terraform", "Kubernetes"] {
        assert!(terms(&serverless, "missing").contains(missing), "{missing}");
    }
    // FastAPI stands in the enterprise chatbot's highlight on the login, which this page leaves out.
    let llm = coverage("llm-platform");
    assert!(terms(&llm, "in-record").contains("FastAPI"), "{llm}");
    assert!(terms(&llm, "missing").contains("LangChain"));
    let job = fs::read_to_string(root().join("data/applications/edge-vision.txt")).unwrap();
    assert!(job.contains("쿠버네티스(K3s)로"));
    assert!(terms(&coverage("edge-vision"), "missing").contains("Kubernetes"));
}
