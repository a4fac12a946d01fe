using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Reasoner.Inference;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary><c>reasoner prove</c>: a proof of one fact, or why it does not hold.</summary>
internal sealed class ProveCommand : ReasonerCommand
{
    private readonly InferenceOptions _inputs;
    private readonly Option<string> _fact = new("--fact")
    {
        Description = "The fact, in N-Triples, or with prefixes that the files declare",
        Required = true,
        HelpName = "'S P O'",
    };

    private readonly Option<string> _format = Formats.Option("text", "json");
    private readonly Option<string?> _out = new("--out") { Description = "Output file (default: standard output)", HelpName = "FILE" };

    public ProveCommand(CommandSurroundings surroundings)
        : base(
            "prove",
            "Proves one fact: shows the rules and data that it follows from, or why it does not hold (exit status 1).",
            surroundings,
            "prove --rules family.srl --data people.ttl --fact ':alice :ancestor :carol'",
            "prove --rules family.srl --data people.ttl --fact '<urn:a> <urn:p> <urn:b>' --format json --out proof.json")
    {
        _inputs = new InferenceOptions(this);
        Options.Add(_fact);
        Options.Add(_format);
        Options.Add(_out);
    }

    private protected override int Run(ParseResult arguments)
    {
        var request = _inputs.Read(arguments);
        var isJson = arguments.GetValue(_format) == "json";
        var inputs = InferenceInputs.Load(request, Console, Cancellation);
        var notation = new Notation(inputs.Prefixes);
        var fact = notation.ReadTriple(arguments.GetValue(_fact)!, "--fact");
        var materialization = inputs.Materialize(request, Console, Cancellation);

        var names = new RuleNames(inputs.RuleSet);
        var proof = new ProofBuilder(materialization, names, Cancellation).Prove(fact);
        if (proof is not null && new ProofChecker(names, inputs.Graph, materialization.Context, Cancellation).Check(proof) is { } refusal)
            throw new InvalidOperationException($"the checker refuses the proof that was built: {refusal}");

        OutputFile.Write(arguments.GetValue(_out), Console, stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            if (proof is null) WriteWhyNot(WhyNot.Explain(materialization, fact, Cancellation), fact, notation, isJson, text);
            else if (isJson) text.WriteLine(JsonSerializer.Serialize(ProofFile.Of(proof, ProofInputs.Of(request, inputs.RuleSet), materialization.Context.Now), ReadableJson.Context.ProofFile));
            else new ProofTree(notation, names, text).Write(proof);
        });
        return proof is null ? ExitStatus.No : ExitStatus.Done;
    }

    private static void WriteWhyNot(ImmutableArray<FailedRule> failed, Triple fact, Notation notation, bool isJson, TextWriter text)
    {
        if (isJson)
        {
            var record = new WhyNotRecord(
                fact.ToString(),
                false,
                [
                    .. failed.Select(attempt => new FailedRuleRecord(
                        attempt.Rule.DisplayName,
                        attempt.Rule.Position.ToString(),
                        attempt.Bindings.ToImmutableSortedDictionary(binding => binding.Variable, binding => binding.Value.ToString()!, StringComparer.Ordinal),
                        Describe(attempt, notation))),
                ]);
            text.WriteLine(JsonSerializer.Serialize(record, ReadableJson.Context.WhyNotRecord));
            return;
        }

        text.WriteLine($"{notation.Write(fact)} does not hold.");
        if (failed.IsEmpty) text.WriteLine("The data does not state it, and no rule has a head that could give it.");
        foreach (var attempt in failed) text.WriteLine($"- {RuleLabel.Of(attempt.Rule, notation)} could give it, but {Describe(attempt, notation)}");
    }

    private static string Describe(FailedRule attempt, Notation notation)
    {
        var where = attempt.Obstacle?.Position;
        return attempt.Obstacle switch
        {
            PatternElement => $"nothing matches {notation.Write(attempt.Missing!)} ({where}).",
            FilterElement => $"the FILTER at {where} is not true{Bound()}.",
            NegationElement => $"what the NOT at {where} excludes does hold{Bound()}.",
            AssignmentElement => $"the SET at {where} does not give the value that is needed{Bound()}.",
            SubSelectElement when attempt.Group.IsEmpty => $"the SELECT at {where} gives no group that fits{Bound()}.",
            SubSelectElement => $"the group of the SELECT at {where} has {Values()}, which does not fit{Bound()}.",
            _ => "where its body holds, it gives other facts.",
        };

        string Values() => string.Join(", ", attempt.Group.Select(each =>
            $"{notation.Write(each.Expression)} = {(each.Value is null ? "an error" : notation.Write(each.Value))}"));

        string Bound()
        {
            var shown = attempt.Bindings.Where(binding => !new Variable(binding.Variable).IsHidden).Select(binding => $"?{binding.Variable} = {notation.Write(binding.Value)}").ToList();
            return shown.Count == 0 ? "" : $" for {string.Join(", ", shown)}";
        }
    }
}

/// <summary>Why a fact does not hold, as JSON.</summary>
/// <param name="Fact">The fact, in N-Triples.</param>
/// <param name="Holds">Always false.</param>
/// <param name="Rules">The rules that could give it.</param>
internal sealed record WhyNotRecord(string Fact, bool Holds, ImmutableArray<FailedRuleRecord> Rules);

/// <summary>A rule that could give a fact.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Bindings">How far it gets.</param>
/// <param name="Obstacle">What stops it.</param>
internal sealed record FailedRuleRecord(string Rule, string Position, ImmutableSortedDictionary<string, string> Bindings, string Obstacle);
