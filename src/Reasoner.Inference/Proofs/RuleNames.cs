using System.Globalization;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Names for the rules of a rule set that proofs can use: a rule's IRI where it has one of its own, else
/// <c>#n</c> with its number.
/// </summary>
public sealed class RuleNames
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly string[] _names;

    /// <summary>Names the rules of a rule set.</summary>
    public RuleNames(RuleSet ruleSet)
    {
        RuleSet = ruleSet;
        _names = new string[ruleSet.Rules.Length];
        for (var i = 0; i < _names.Length; i++)
        {
            var name = ruleSet.Rules[i].Name?.Value;
            if (name is null || !_numbers.TryAdd(name, i))
            {
                name = "#" + i.ToString(CultureInfo.InvariantCulture);
                _numbers.Add(name, i);
            }

            _names[i] = name;
        }
    }

    /// <summary>The rules.</summary>
    public RuleSet RuleSet { get; }

    /// <summary>The name of the rule with the number.</summary>
    public string this[int number] => _names[number];

    /// <summary>The number of the rule with the name.</summary>
    public bool TryGetNumber(string name, out int number) => _numbers.TryGetValue(name, out number);
}
