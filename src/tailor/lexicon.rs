//! Word lists: spellings of the same technology in two scripts, and words without meaning for a
//! match.
//!
//! Must not know any record.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Spellings of one thing; the first is its name. Only what differs by more than case, plural,
/// blanks and punctuation needs a line.
pub(super) const SPELLINGS: &[&[&str]] = &[
    &["Kubernetes", "쿠버네티스", "k8s"],
    &["Docker", "도커"],
    &["Container", "컨테이너", "Containerised", "Containerized", "컨테이너화"],
    &["Linux", "리눅스"],
    &["Redis", "레디스"],
    &["Kafka", "카프카", "Apache Kafka"],
    &["RabbitMQ", "래빗MQ"],
    &["Python", "파이썬"],
    &["JavaScript", "자바스크립트", "JS"],
    &["TypeScript", "타입스크립트", "TS"],
    &["Java", "자바"],
    &["Kotlin", "코틀린"],
    &["Go", "Golang", "고랭"],
    &["Rust", "러스트"],
    &["Node.js", "노드제이에스", "Node"],
    &["React", "리액트", "React.js"],
    &["Next.js", "넥스트제이에스"],
    &["Vue", "뷰제이에스", "Vue.js"],
    &["Spring", "스프링", "Spring Boot", "스프링 부트"],
    &["FastAPI", "패스트API"],
    &["Django", "장고"],
    &["Postgres", "PostgreSQL", "포스트그레스"],
    &["MySQL", "마이에스큐엘"],
    &["MongoDB", "몽고DB"],
    &["DynamoDB", "다이나모DB"],
    &["Elasticsearch", "엘라스틱서치", "OpenSearch"],
    &["GraphQL", "그래프큐엘"],
    &["gRPC", "지알피씨"],
    &["Terraform", "테라폼"],
    &["Ansible", "앤서블"],
    &["Jenkins", "젠킨스"],
    &["GitHub Actions", "깃허브 액션"],
    &["Git", "깃"],
    &["Prometheus", "프로메테우스"],
    &["Grafana", "그라파나"],
    &["OpenTelemetry", "오픈텔레메트리", "OTel"],
    &["Airflow", "에어플로"],
    &["Spark", "스파크", "Apache Spark"],
    &["PyTorch", "파이토치"],
    &["TensorFlow", "텐서플로", "텐서플로우"],
    &["LangChain", "랭체인"],
    &["AWS", "Amazon Web Services", "아마존 웹 서비스"],
    &["GCP", "Google Cloud", "구글 클라우드"],
    &["Azure", "애저"],
    &["Naver Cloud", "네이버 클라우드"],
    &["Lambda", "람다", "AWS Lambda"],
    &["Step Functions", "스텝 펑션", "스텝 함수"],
    &["API Gateway", "API 게이트웨이"],
    &["Serverless", "서버리스"],
    &["Microservices", "마이크로서비스", "MSA", "Microservice architecture"],
    &["Infrastructure as code", "IaC", "코드형 인프라", "인프라 코드화", "코드화"],
    &["CI/CD", "CI", "지속적 통합", "지속적 배포", "Continuous integration", "Continuous delivery"],
    &["LLM", "대규모 언어 모델", "거대 언어 모델", "대형 언어 모델", "Large language model"],
    &["RAG", "검색 증강 생성", "Retrieval-augmented generation"],
    &["Prompt", "프롬프트"],
    &["Embedding", "임베딩"],
    &["Fine-tuning", "파인 튜닝", "미세 조정"],
    &["Vector database", "벡터 데이터베이스", "벡터 DB", "Vector store"],
    &["Machine learning", "머신 러닝", "기계 학습"],
    &["Deep learning", "딥 러닝", "심층 학습"],
    &["Reinforcement learning", "강화 학습"],
    &["Computer vision", "컴퓨터 비전", "비전", "영상 인식"],
    &["Object detection", "객체 검출", "객체 탐지"],
    &["Inference", "추론"],
    &["Embedded", "임베디드"],
    &["Edge", "엣지", "Edge device", "엣지 디바이스", "엣지 장비"],
    &["Camera", "카메라"],
    &["Hardware", "하드웨어"],
    &["Firmware", "펌웨어"],
    &["Jetson", "젯슨", "NVIDIA Jetson"],
    &["CUDA", "쿠다"],
    &["Monitoring", "모니터링"],
    &["Observability", "관측성", "관측 가능성", "옵저버빌리티"],
    &["Tracing", "Trace", "트레이싱", "분산 추적"],
    &["Logging", "로깅"],
    &["Security", "보안"],
    &["Authentication", "인증"],
    &["Encryption", "암호화"],
    &["Latency", "지연 시간", "레이턴시"],
    &["Throughput", "처리량"],
    &["Queue", "큐", "Message queue", "메시지 큐"],
    &["Event-driven", "이벤트 기반"],
    &["Concurrency", "동시성"],
    &["Asynchronous", "비동기", "Async"],
    &["Distributed systems", "분산 시스템"],
    &["Cluster", "클러스터"],
    &["Load balancing", "로드 밸런싱", "부하 분산"],
    &["Streaming", "스트리밍"],
    &["Back end", "백엔드", "Backend", "Back-end"],
    &["Front end", "프론트엔드", "프런트엔드", "Frontend", "Front-end"],
    &["Full stack", "풀스택", "Full-stack"],
    &["DevOps", "데브옵스", "Dev-Ops"],
    &["TDD", "테스트 주도 개발", "Test-driven development"],
    &["VPC", "가상 사설 클라우드"],
    &["VPN", "가상 사설망"],
    &["SSH", "시큐어 셸"],
    &["Pipeline", "파이프라인"],
    &["Agent", "에이전트"],
    &["Chatbot", "챗봇"],
    &["ROS", "ROS 2", "ROS2", "Robot Operating System"],
    &["On-premises", "온프레미스", "On-premise"],
    &["Web API", "웹 API"],
    &["REST", "REST API", "RESTful"],
    &["Architecture", "아키텍처"],
    &["Infrastructure", "인프라", "인프라스트럭처"],
    &["Deployment", "Deploy", "배포"],
    &["Testing", "Test", "테스트"],
    &["Evaluation", "Evaluate", "평가"],
    &["Automation", "Automate", "자동화"],
    &["Migration", "Migrate", "마이그레이션"],
    &["Refactoring", "Refactor", "리팩터링", "리팩토링"],
    &["Code review", "코드 리뷰"],
    &["Debugging", "Debug", "디버깅"],
    &["Caching", "Cache", "캐시", "캐싱"],
    &["Virtualisation", "Virtualization", "가상화"],
    &["Networking", "네트워킹"],
    &["Scalability", "확장성"],
    &["Availability", "가용성"],
    &["Real-time", "실시간"],
    &["Event", "이벤트"],
    &["Modelling", "Modeling", "모델링"],
    &["Search", "검색"],
    &["Recommendation", "추천"],
    &["Payment", "결제"],
    &["Accessibility", "접근성"],
    &["Internationalisation", "Internationalization", "i18n", "국제화"],
    &["Database", "데이터베이스"],
    &["Shell", "셸", "쉘", "Shell script", "Bash"],
];

/// Names that are also words: only a capital letter makes them names.
static WORDS_TOO: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("chalice edge express git go java lambda lit make makefile node ray react rest rust shell \
     spark spring vue")
});

/// What follows a Korean noun: particles, and the endings of verbs made of nouns. A word is the
/// noun when the noun and one of these, or two of them, make the whole of it.
static ENDINGS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set(
        "은 는 이 가 을 를 의 에 에서 에게 께 으로 로 와 과 도 만 까지 부터 보다 처럼 이나 나 이며 \
     며 이고 고 및 등 들 마다 조차 이라 라 이란 란 이라는 라는 인 일 이다 입니다 이에요 예요 적 \
     적인 적으로 형 용 별 화 성 당 이든 든 로서 으로서 로써 으로써 에도 에는 에서는 에서의 \
     에서도 으로의 로의 와의 과의 까지의 부터의 하 하는 하고 하며 하여 해 해서 해야 해요 한 할 \
     함 합니다 했 했다 했고 했던 했습니다 하기 하지 하면 하면서 하도록 하게 해온 해본 해보신 \
     하신 하실 하시는 하려는 하던 된 되 되는 되고 되며 되어 돼 될 됨 됩니다 되도록 시키는 시킨 \
     시켜 시킬 있는 있게 없이 없는",
    )
});

/// Korean words of job descriptions that name no skill.
static KOREAN_STOPS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set(
        "가능 개발 개발자 개선 거나 검증 결과 경력 경험 고객 고민 과정 관련 관리 구성 구조 구축 구현 \
     그것 그리고 근무 기반 기본 기술 기존 기준 기회 내용 능력 다양 단위 담당 대상 대한 더 도구 \
     도입 동료 따라 때문 또는 또한 만들 많은 매일 먼저 모든 모집 목표 무엇 문제 바탕 방법 \
     방식 변화 부분 분야 분 비즈니스 빠르게 사람 사용 사용자 상황 새로운 생각 서비스 선호 설계 \
     설명 성과 성장 소통 솔루션 수 수준 수행 스스로 시간 시스템 실제 실패 쌓은 아래 안정 안정적 \
     어떤 업무 역할 연동 연차 영향 오래 요구 우대 우대사항 우리 운영 원칙 위해 위한 유지 의견 \
     이상 이해 일 입사 있습니다 자격 자격요건 작업 잘 저희 적용 전체 정의 제공 제품 조직 주도 \
     주세요 주요 중요 지원 직접 진행 참여 처리 최소 최적 최적화 코드 통해 팀 팀원 프로젝트 필수 \
     필요 하나 하나의 함께 해결 협업 환경 활용 회사 그대로 다른 다룹니다 만듭니다 봅니다 합니다 \
     없이 있는 년 개월 보신 써 옮겨 수백 수십 수천 수백만 현장",
    )
});

/// English words of job descriptions that name no skill.
static ENGLISH_STOPS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("a ability able about above across after again all also an and any applicant application \
     apply are around as at based be because become before being best better between both build \
     building built business but by can candidate care career change clear code come common \
     communicate communication company comfortable complex customer daily day deep degree \
     deliver delivery describe design develop developer development different do does \
     done each engineer engineering english ensure environment equivalent etc every excellent \
     expect experience familiar familiarity fast few field find first five fluent for four from \
     full get give good great grow hand hands has have help high how i if impact important \
     improve in include including instead into is it its itself job join keep know knowledge \
     korean large lead learn least level like long look looking make many matter may mean \
     measure member more most much must need never new nice no not of off offer often on one \
     only open operate operation or other our out over own part people person place plus \
     position prefer preferred problem process product production professional project quality \
     real reliable required requirement responsibility responsible role run running same scale \
     second see senior service several share ship should show similar since skill small so \
     software solid solution some someone start still strong such support system take task team \
     technical technology than that the their them then there these they thing this those three \
     through time to together tool turn two under understand understanding until up us use used \
     user using very want was way we well were what when where whether which while who whose why \
     will with within without work working world would write year you your yourself")
});

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Whether a name is also a word, so that only a capital letter makes it a name.
pub(super) fn is_word_too(key: &str) -> bool {
    WORDS_TOO.contains(key)
}

/// Bytes of the longest ending.
pub(super) static LONGEST_ENDING: LazyLock<usize> =
    LazyLock::new(|| ENDINGS.iter().map(|ending| ending.len()).max().unwrap_or(0));

/// Whether a Korean word may end in this.
pub(super) fn is_ending(rest: &str) -> bool {
    ENDINGS.contains(rest)
}

/// Whether a word of a job description names no skill: lower case, without plural or particle.
pub(super) fn is_stop(word: &str) -> bool {
    KOREAN_STOPS.contains(word) || ENGLISH_STOPS.contains(word)
}
