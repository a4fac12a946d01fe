using System.CommandLine;
using Reasoner.Inference;

namespace Reasoner.Cli;

/// <summary>The options that say what to reason with: rules, data, ontologies and limits.</summary>
internal sealed class InferenceOptions
{
    private readonly Option<string[]> _rules = Files("--rules", "Rule files (SRL)", required: true);
    private readonly Option<string[]> _data = Files("--data", "Data files (.ttl, .nt, .rdf)", required: true);
    private readonly Option<string[]> _ontology = Files("--ontology", "Ontology files (.ttl, .nt, .rdf): their axioms become rules (OWL 2 RL)", required: false);
    private readonly Option<long> _maxFacts = new("--max-facts")
    {
        Description = "Stop after so many derived facts",
        DefaultValueFactory = _ => EvaluationOptions.Default.MaxDerivedFacts,
        HelpName = "N",
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Stop after so many seconds",
        DefaultValueFactory = _ => EvaluationOptions.Default.MaxDuration.TotalSeconds,
        HelpName = "S",
    };

    /// <summary>Adds the options to a command.</summary>
    public InferenceOptions(Command command)
    {
        _maxFacts.Validators.Add(result =>
        {
            if (result.GetValue(_maxFacts) < 1) result.AddError("--max-facts must be at least 1.");
        });
        _timeout.Validators.Add(result =>
        {
            if (result.GetValue(_timeout) is not (> 0 and < 1e9)) result.AddError("--timeout must be a number of seconds above 0.");
        });
        foreach (var option in (Option[])[_rules, _data, _ontology, _maxFacts, _timeout]) command.Options.Add(option);
    }

    /// <summary>What the arguments say.</summary>
    public InferenceRequest Read(ParseResult arguments) => new(
        arguments.GetValue(_rules) ?? [],
        arguments.GetValue(_data) ?? [],
        arguments.GetValue(_ontology) ?? [],
        arguments.GetValue(_maxFacts),
        TimeSpan.FromSeconds(arguments.GetValue(_timeout)));

    /// <summary>An option that takes one or more files.</summary>
    public static Option<string[]> Files(string name, string description, bool required) => new(name)
    {
        Description = description,
        Required = required,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FILE",
    };
}
