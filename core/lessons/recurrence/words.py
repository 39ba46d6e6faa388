"""The words of lesson 24."""

from core.lessons.recurrence.checks import CHECKS_LEARN, CHECKS_STEPS
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "steps": f"A {term_link('recurrent network')} reads symbols one by one. At the end it must say which came **first**. "
    f"Its {term_link('hidden state', 'memory')} is three numbers.",
    "learn": f"A plain {term_link('recurrent network')} reads 0s and 1s, then must say which came **first**. "
    "{seeds} of them train for {steps} steps.",
}

PREDICTION = Item(
    "This network was trained on sequences of {length}. It has {count} weights and biases. How many does it use when it reads {longer}?",
    (
        Option("Twice as many: each symbol has its own", "Every step uses the same weights again."),
        Option("A few more, for a larger memory", "The memory has as many numbers as before, however much it reads."),
        Option("The same, not one more", "Every step uses the same weights again.", right=True),
    ),
)  # fmt: skip
MEASURED = "the plain network reads {read} with the same {counted}. There it says {says}, which is {verdict}: see “Where it fails”."
VERDICTS = {True: "right", False: "wrong"}
SEED = "Seed of the first weights: {seed}"

TYPE = "Sequence of 0 and 1, up to {most}"
TITLE = "The network at each symbol"
TITLE_KEY = "blue: above 0, orange: below 0"
STAGE, STAGE_NONE = "**Symbol {at} of {many}** · reads {symbol}", "**Nothing** read yet"
WORK_OUT = "Work out memory number"
LINE = {
    "plain": "Memory {unit} after symbol {at}, from the old memories, the symbol (a zero enters as minus one) and a bias:",
    "lstm": "Memory {unit} after symbol {at}: forget gate (f) × old + input gate (i) × new (g). The output gate (o) says how much of it is passed on.",
    "gru": "Memory {unit} after symbol {at}: gate (u) × old + (1 − gate) × new (n):",
}
NONE_YET = "Before the first symbol every memory is 0."

LAWS = {
    "plain": r"\underbrace{h_t}_{\text{memory}} = \tanh(W_h\,\underbrace{h_{t-1}}_{\text{before}} + w_x\,\underbrace{x_t}_{\text{symbol}} + b)",
    "lstm": r"\underbrace{c_t}_{\text{memory}} = f_t\,c_{t-1} + i_t\,g_t, \qquad h_t = o_t \tanh(c_t)",
    "gru": r"\underbrace{h_t}_{\text{memory}} = u_t\,h_{t-1} + (1 - u_t)\,n_t",
}

EXPLAIN_STEPS = f"""At each step the network makes a new memory from the old one and the next symbol, always **with the same weights**.
“Would say” is its answer if the sequence ended there; it was trained to answer only at
the end. An {term_link("LSTM")} and a {term_link("GRU")} use
{term_link("gate", "gates")}: {phrase("shares of the old memory to keep", kind="lstm")}, and of the new to add."""

COUNTED = "**{right} of {seeds}** starts of this network are nearly always right on sequences this long."

TRIES_STEPS = (
    Try(
        "Flip the first symbol",
        {"view": "steps", "seq": "001101", "at": 6, "kind": "plain"},
        "Five symbols are the same, but the first is now 0. After the last symbol the network would say {says} instead of {before}.",
    ),
    Try(
        "Watch a gate",
        {"view": "steps", "seq": "101101", "at": 6, "kind": "lstm", "unit": 1},
        "The forget gate of memory 1 stays mostly open. From symbol 1 to symbol 6 it keeps {left:.0%} of what was stored. The rest is added at each step.",
    ),
)
FAILS_STEPS = Try(
    "Where it fails: 12 symbols",
    {"view": "steps", "seq": "110011011001", "at": 12, "kind": "plain"},
    "The first symbol was 1, but it says {says}. Only {right} of {seeds} plain networks are right on over {enough:.0%} of sequences this long. {other} of the LSTMs are.",
)

PREDICTION_LEARN = Item(
    "A plain network has to keep the first symbol. With {short} symbols to read, {ten} of {seeds} such networks learn it. How many learn it with {long}?",
    (
        Option("About as many: it's still one symbol", "It's one symbol, but the gradient has to reach it, and it shrinks at every step back."),
        Option("About half of those", "Twice as long isn't half as good: the gradient shrinks at every extra step back."),
        Option("Fewer than half of those", "The gradient shrinks at every step back.", right=True),
    ),
)  # fmt: skip
MEASURED_LEARN = "with {long} symbols, {twenty} of {seeds} plain networks learn it. Of the LSTMs, {lstm} do."

REACH = "The pull: how strongly memory changes the loss"
SOLVED = "Starts that remember (over {good:.0%} right)"
FOUND = "At step {step}, of {seeds}, these remember: plain **{plain}**, {many} **{found}**."
LEARNING = "Training {seeds} networks ({kind}) on {length} symbols …"
GATE = "How open its gate starts (bias)"
SYMBOLS = "Symbols to read"
FACTOR = "Before training: the last symbol's pull, times a factor each step. {name}:"
NEXT = "{name}:"
GATE_ALONE = "The {gate} alone, over {back} steps (other ways carry it, too):"

EXPLAIN_LEARN = f"""The gradient says how a change in the memory would change the loss: that's the **pull**. Each step back multiplies
the pull by weights and tanh's slope. Before training, {{back}} steps leave the plain network {{left}} of it: a
{term_link("vanishing gradient")}. An {term_link("LSTM")} and a {term_link("GRU")} multiply memory by a
{term_link("gate")}, at first {{open:.0%}} open (bias {{bias:g}}). {phrase("Starting half shut", gate=0)} (bias 0), hardly any
learns with {{long}} symbols."""

TRIES_LEARN = (
    Try(
        "Only 10 symbols",
        {"view": "learn", "length": 10, "beside": "lstm", "gate": 1.0},
        "Over so few steps no gates are needed: {plain} plain networks and {found} LSTMs of {seeds} learn it.",
    ),
    Try(
        "A GRU",
        {"view": "learn", "length": 20, "beside": "gru", "gate": 1.0},
        "It has only two gates, and {found} of {seeds} learn it.",
    ),
    Try(
        "Larger first weights",
        {"view": "learn", "length": 20, "beside": "xavier", "gate": 1.0},
        "With Xavier's start less of the pull is lost at each step, and {found} of {seeds} plain networks learn it.",
    ),
    Try(
        "A gate half shut",
        {"view": "learn", "length": 20, "beside": "lstm", "gate": 0.0},
        "An LSTM, but its forget gate starts half shut. Now {found} of {seeds} learn it.",
    ),
    Try(
        "50, gate wide open",
        {"view": "learn", "length": 50, "beside": "lstm", "gate": 5.0},
        "Its forget gate starts nearly open, and {found} of {seeds} learn it, even over 50 symbols.",
    ),
)
FAILS_LEARN = Try(
    "Where it fails: 50 symbols",
    {"view": "learn", "length": 50, "beside": "lstm", "gate": 1.0},
    "LSTMs have their limit, too: over 50 symbols {found} of {seeds} learn it in that time, and {plain} of the plain networks.",
)

QUIZ = (
    Item(
        "Why can one recurrent network read sequences of any length?",
        (
            Option("It uses the same weights at every step", "Only its memory changes from step to step.", right=True),
            Option("It has weights for the longest one", "It has one set, which every step uses."),
            Option(
                "It cuts them to one length",
                "It doesn't cut anything. It takes a step for each symbol, however many there are.",
            ),
        ),
    ),
    Item(
        "What lets an LSTM learn over more steps than a plain recurrent network?",
        (
            Option(
                "It has more weights",
                "Their number isn't it: the same LSTM fails when its forget gate starts half shut.",
            ),
            Option(
                "A gate near 1 that carries the memory on",
                "And the gradient comes back through the same gate.",
                right=True,
            ),
            Option("It reads the sequence twice", "It reads it once, from first to last."),
        ),
    ),
)

WRONG = (
    ("A recurrent network has weights for every position.", "It has one set. Only its memory changes."),
    ("An LSTM remembers for ever.", "Over 50 symbols it fails here as well, if the bias of its gate starts at 1."),
    ("A network forgets because its memory is too small.", "One symbol would fit here. But the gradient that should teach the network to keep it has all but vanished."),
    ("What works on short sequences works on long ones.", "Some plain networks trained on six symbols are wrong on 12."),
)  # fmt: skip

LEFT_OPEN = "Farther back, the gradient is weaker. What if a network could look straight at the symbol it needs?"

LESSON = Words(
    views={
        "steps": View(PREDICTION, TRIES_STEPS, FAILS_STEPS, checks=CHECKS_STEPS),
        "learn": View(PREDICTION_LEARN, TRIES_LEARN, FAILS_LEARN, {"epoch": -1}, CHECKS_LEARN),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)
