"""The words of the lesson on cost."""

from core.lessons.cost.checks import CHECKS_FAIR, CHECKS_MODELS, CHECKS_RUN, CHECKS_SPIKE
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

VIEWS = {"run": "One run", "models": "Published models", "spike": "Spiking neuron", "fair": "Fair?"}
MULTIPLY = term_link("multiply-add", "multiply-adds")
INTRO = {
    "run": f"A network with two hidden layers learns two moons on this server. We count its {MULTIPLY}, take the time, and "
    f"estimate the energy in {term_link('joule', 'joules')}.",
    "models": "What papers say about training large models. A ring is our own arithmetic where a paper gives no number. A “search” tries "
    "many networks to find a better one.",
    "spike": f"{term_link('neuromorphic', 'Neuromorphic')} chips compute with {term_link('spike', 'spikes')}. This neuron's voltage moves "
    "toward its input, and the leak says how slowly. At 1 it fires, rests for a short pause, and starts again from 0.",
    "fair": "Wrong decisions cost somebody something, too. People of two groups ask for a loan. One neuron learns from {people:,} of them who "
    "pays back, and decides for others. The data are invented: a formula produced them.",
}
WIDTH, BATCH, WATTS = "Units in each hidden layer", "Batch size", "Watts while it runs"
GUESS = "Our guess of the power"
SHOW, GRID, MODEL = "Show", "Electricity", "Model"
CURRENT, LEAK, PAUSE = "Input", "Slowness (leak), in milliseconds", "Pause after a spike, in milliseconds"
COLUMNS, RULE, GAP = "The neuron sees", "Who gets a loan", "B's disadvantage, in income"
TABLE_TITLE, TABLE = "Another table", "Table"
RULE_HELP = "The neuron gives everybody a probability of paying back. Those above a limit get a loan: above a half, or each group has its own limit."
GAP_HELP = (
    "How much more income somebody of B needs to pay back. 1 is about how far a typical income is from the mean. It's part of the "
    "formula that produced the data. No column contains it."
)

SHOWN = {"energy": "energy", "carbon": "CO₂", "operations": "operations"}
SEEN = {"all": "income, district, group", "blind": "income, district", "income": "income only"}
RULES = {
    "one": "whoever probably pays back",
    "shares": "the same share of A and B",
    "hits": "the same recall for A and B",
}

PREDICTION = Item(
    "The arithmetic of this run, {multiply_adds:,} multiply-adds, takes about {arithmetic_said} (millionths of a joule). But the processor "
    "draws power all the while, about {watts:.0f} joules a second. How much more energy is that over the whole run?",
    (
        Option("About the same", "Arithmetic is only a tiny part of what a processor does."),
        Option("About 10 times as much", "Far more: arithmetic is only a tiny part of what a processor does."),
        Option("About 100 times as much", "Still more: with arrays this small, arithmetic is next to nothing."),
        Option("Over 1,000 times as much", "Most energy goes into reading instructions, moving numbers and waiting.", right=True),
    ),
)  # fmt: skip
MEASURED = "the run in the question took {time_said}. From it we estimate {clock_said}, about {apart_said} times the arithmetic's."
EXPLAIN = f"""A weight is used once forward and up to twice on the way back: for its
gradient, and (except in the first layer) to pass the gradient on. Why do the energies differ so much? {phrase("With small arrays", width=8, batch=32)} the processor mostly reads instructions. In networks too large for the chip, fetching two numbers from memory takes at least {{fetch:.0f}}
times as much energy as a multiply-add (Horowitz 2014). The middle row is for the machines that trained GPT-3.
**All three are estimates: to measure you'd need a meter.**"""
ASSUMED = (
    "arithmetic: {arithmetic:.1f} pJ a multiply-add (Horowitz 2014)",
    "1 pJ is a trillionth of a joule",
    "GPT-3's machines: {machine:.1f} pJ, all included (Patterson 2021)",
    "time × watts: our guess, {watts:.0f} joules a second",
)
EMITTED = "At {grid:.0f} g of CO₂ a kilowatt-hour (USA, Patterson 2021), that emits {grams}."
TIMED = "The time is the median of at least {pieces:.0f} timings on this server, each of an equal part of the run."
TITLE_RUN, TITLE_EACH = "Energy for this run, estimated", "Multiply-adds for one example"
ROWS_RUN = ("arithmetic alone", "on GPT-3's machines", "time × watts")

_RUN = {"view": "run", "watts": 10}
TRIES = (
    Try(
        "All examples in one batch",
        _RUN | {"width": 8, "batch": 210},
        "The same number of multiply-adds, but in {steps:,} large steps instead of {first_steps:,} small ones. It takes {time_said} "
        "instead of {first_time_said}.",
    ),
    Try(
        "Wider layers",
        _RUN | {"width": 128, "batch": 32},
        "Backward takes {ratio:.2f} times as many multiply-adds as forward, close to 2. In the narrow network it's {first_ratio:.2f}.",
    ),
)
FAILS = Try(
    "Where it fails: large arrays",
    _RUN | {"width": 128, "batch": 210},
    "With large arrays the processor spends more of its time on arithmetic. The two energies now differ by a factor of about {apart_said}, no longer {first_apart_said}.",
)

PREDICTION_MODELS = Item(
    "GPT-3 has {gpt3_weights:.0f} billion weights, BLOOM {bloom_weights:.0f} billion, and training them took about the same number of operations. Training "
    "GPT-3 emitted {gpt3:.0f} tons of CO₂ (Patterson 2021). How much did BLOOM emit?",
    (
        Option("About twice as much", "It read a bit more text, but on better chips and with cleaner electricity."),
        Option("About as much", "The operations are about equal, but chips and electricity differ."),
        Option("About half", "Its energy was a third already, and its electricity was much cleaner."),
        Option("About a twentieth", "Newer chips took a third of the energy, and French electricity is mostly nuclear.", right=True),
    ),
)  # fmt: skip
MEASURED_MODELS = "{bloom:.1f} tons, from {bloom_energy:,.0f} MWh (Luccioni 2022). GPT-3's training emitted {times:.0f} times as much."
EXPLAIN_MODELS = f"""**Operations** follow from size: usually each {term_link("token")} uses each weight once forward and twice on the way back, with a
multiplication and an addition each time. That makes 6 × weights × tokens. How much **energy** this takes depends on the chips and the
cooling, and {phrase("how much **CO₂**", show="carbon")} depends on the power plants. So each number alone says little. Building the machines isn't
included, and neither is answering everybody's questions later."""
TITLES_MODELS = {
    "energy": "Energy for training once",
    "carbon": "CO₂ for training once",
    "operations": "Operations for training once",
}
UNITS = {"energy": "megawatt-hours", "carbon": "tons of CO₂", "operations": "operations"}
RINGS = {
    "energy": [],
    "carbon": ["rings: worked out by us, energy × electricity"],
    "operations": ["rings: worked out by us, 6 × weights × tokens"],
}
YOURS = {
    "energy": "The first view's run took about {energy_said}, by time × watts: far too little for this picture.",
    "carbon": "The first view's run emitted about {carbon_said}, by time × watts: far too little for this picture.",
    "operations": "The first view's run took {operations:,.0f} operations: far too few for this picture.",
}
NO_NUMBER = {
    "energy": "{name}: its energy isn't published, so it's not in the picture.",
    "carbon": "{name}: its energy isn't published, so we can't work out what it would emit there.",
    "operations": "{name}: its paper doesn't say enough to work out its operations.",
}
SOURCE = "**{name}** ({year}), as published: {said}. Source: {source}."
WEIGHTS_SAID = "{} weights"

_MODELS = {"view": "models", "grid": "own"}
TRIES_MODELS = (
    Try(
        "BLOOM on US electricity",
        {"view": "models", "show": "carbon", "grid": "usa", "model": "bloom"},
        "The same training would've emitted {bloom_usa:.0f} tons instead of {bloom:.1f}. (LLaMA's authors, who assumed US electricity for all, "
        "gave BLOOM {bloom_touvron:.0f} tons.)",
    ),
    Try(
        "Few weights for each token",
        _MODELS | {"show": "energy", "model": "switch"},
        "Switch has {switch_billions:,.0f} billion weights, {switch_weights:.1f} times as many as GPT-3, but took only {switch_energy:.0%} of its "
        "energy: each token uses only a few of them.",
    ),
)
FAILS_MODELS = Try(
    "Where it fails: a guess",
    _MODELS | {"show": "carbon", "model": "guess"},
    "Seen from outside, this search for a better network seemed to emit {guess:.0f} tons. Those who ran it measured {search:.1f}. Without the run's own "
    "numbers you can be wrong by a factor of {wrong:.0f}.",
)

PREDICTION_SPIKE = Item(
    "With an input of {strong:g} the neuron fires {strong_count:.0f} times in {seconds:.0f} seconds. How often with {weak:g}?",
    (
        Option("A bit less often", "An ordinary neuron's output would shrink a bit. This one must reach 1 to fire."),
        Option("About half as often", "Not even that: its voltage never gets to 1."),
        Option("Never", "The voltage can't rise above the input, so it never gets to 1.", right=True),
    ),
)
MEASURED_SPIKE = "{weak_count:.0f} spikes in {seconds:.0f} seconds with {weak:g}, {strong_count:.0f} with {strong:g}."
EXPLAIN_SPIKE = f"""{phrase("A silent neuron", current=0.9)} sends nothing, and **silence costs next to nothing**. That's the idea of such chips. IBM gives {{truenorth:.0f}} pJ for a
spike at one connection (TrueNorth, Merolla 2014), Intel {{loihi:.1f}} (Loihi, Davies 2018, computed before the chip was built). But a
multiply-add on GPT-3's machines takes about as much, everything included (its arithmetic alone: {{arithmetic:.1f}}). One spike isn't cheaper.
You save only if there are few. What those numbers don't say: how many spikes a precise value takes, and how well such a network learns."""
TITLE_SPIKE, TITLE_RATE = "The neuron's voltage", "How often it fires"

_SPIKE = {"view": "spike", "leak": 20}
TRIES_SPIKE = (
    Try(
        "Just above 1",
        _SPIKE | {"current": 1.05, "pause": 2},
        "The voltage only just gets to 1, and the last stretch is slow: it takes {every:.0f} ms from one spike to the next. In between the "
        "neuron sends nothing.",
    ),
    Try(
        "A strong input, a long pause",
        _SPIKE | {"current": 4.0, "pause": 20},
        "After each spike there's a pause of {pause:.0f} ms, and a second has room for {limit:.0f} of them. So it can't fire more often, however "
        "strong the input. With {current:g} it fires {rate:.1f} times a second.",
    ),
)
FAILS_SPIKE = Try(
    "Where it fails: a busy neuron",
    _SPIKE | {"current": 4.0, "pause": 2},
    "{spikes} spikes in {window} ms, the time we give one value: {picojoules:.0f} pJ at each connection, as much as {times:.0f} multiply-adds on GPT-3's machines.",
)

PREDICTION_FAIR = Item(
    "If it sees the group, the neuron accepts {a:.1%} of A and {b:.1%} of B. Now we hide the group. It still sees the income, alike in both groups, and "
    "the district: most people of B live in other districts than A. What's left of the difference?",
    (
        Option("Nothing: it can't tell A from B any more", "It can: the district nearly tells the group."),
        Option("Hardly anything", "Most of it: the district nearly tells the group."),
        Option("Most of it", "The district nearly tells the group. Such a column is called a proxy.", right=True),
    ),
)
MEASURED_FAIR = "with the group hidden, {without_gap:.1f} of the {with_gap:.1f} percentage points between A and B are left, {left:.0%} of the difference."
EXPLAIN_FAIR = f"""While life is harder for B, the district is a {term_link("proxy")}. {phrase("Hide it too", columns="income")}, and both groups are accepted alike. But then {term_link("recall")} and
{term_link("precision")} differ. You can't make all three equal: in each group precision × accepted = recall × *who'd pay back*. If that last share differs, the others
can't all be equal (compare Chouldechova 2017). **Which of them should be equal is for people to decide.** One neuron is at least
*transparent*: its weights are all its reasons."""
LINE_FAIR = "precision × accepted = recall × who'd pay back:"
TITLE_FAIR, TITLE_WEIGHTS = "What becomes of {n:,} others", "All it goes by: a weight for each column"
SHARES = {
    "share": "accepted",
    "hits": "recall: share of those who'd pay back who are accepted",
    "precision": "precision: share of the accepted who pay back",
}

_FAIR = {"view": "fair", "gap": 0.8, "table": 0}
TRIES_FAIR = (
    Try(
        "Hide the district too",
        _FAIR | {"columns": "income", "rule": "one"},
        "Accepted: {share_a:.0%} of A and {share_b:.0%} of B. But of those who'd pay back, {hits_a:.0%} of A get a loan and {hits_b:.0%} of B.",
    ),
    Try(
        "Equal recall",
        _FAIR | {"columns": "blind", "rule": "hits"},
        "Of those who'd pay back, {hits_a:.0%} now get a loan in both groups. But {share_a:.0%} of A are accepted and {share_b:.0%} of B.",
    ),
)
FAILS_FAIR = Try(
    "Where it fails: no disadvantage",
    _FAIR | {"columns": "blind", "rule": "one", "gap": 0.0},
    "Both groups pay back alike: no share differs by more than {most:.1f} points. The district says nothing about paying back now, so its weight is small: "
    "{district:+z.2f}.",
)

ANSWERS = {
    "run": (MEASURED, EXPLAIN),
    "models": (MEASURED_MODELS, EXPLAIN_MODELS),
    "spike": (MEASURED_SPIKE, EXPLAIN_SPIKE),
    "fair": (MEASURED_FAIR, EXPLAIN_FAIR),
}
TABLES = {
    "run": "What one step does",
    "models": "Every number and its source",
    "spike": "The numbers behind the picture",
    "fair": "The first people of the table",
}
SIMULATOR = "Open this run in the simulator"

QUIZ = (
    Item(
        "Why does a training step take about three times as many operations as a prediction?",
        (
            Option("It runs forward three times", "It runs forward once. The rest is the way back."),
            Option("The way back uses each weight twice", "Once for its gradient and once to pass the gradient on.", right=True),
            Option("The optimizer is expensive", "It only touches each parameter a few times a step."),
        ),
    ),
    Item(
        "When does a spiking chip save energy?",
        (
            Option("Always: spikes are cheap", "One spike costs about as much as a multiply-add, so many spikes save nothing."),
            Option("When most of its neurons are silent", "What isn't sent costs next to nothing.", right=True),
            Option("When its neurons fire fast", "Then it needs more than ordinary arithmetic."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("Counting operations gives the energy.", "It gives the arithmetic's part, the smallest. Reading instructions and moving numbers takes far more."),
    ("How much CO₂ a model emits is a property of the model.", "The same training emits several times more or less, depending on the power plants."),
    ("Spikes are cheap, so spiking chips save energy.", "A spike costs about as much as a multiply-add. Only silence is cheap."),
    ("What a network doesn't see, it can't use.", "Other columns can give it away."),
)  # fmt: skip

LEFT_OPEN = "You've seen how networks learn, and what it costs. Can you put it together?"

LESSON = Words(
    views={
        "run": View(PREDICTION, TRIES, FAILS, checks=CHECKS_RUN),
        "models": View(
            PREDICTION_MODELS, TRIES_MODELS, FAILS_MODELS, {"show": "carbon", "model": "bloom"}, CHECKS_MODELS
        ),
        "spike": View(PREDICTION_SPIKE, TRIES_SPIKE, FAILS_SPIKE, {"current": 0.9}, CHECKS_SPIKE),
        "fair": View(PREDICTION_FAIR, TRIES_FAIR, FAILS_FAIR, checks=CHECKS_FAIR),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
