using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// The blank nodes that heads make: a function of the rule, the node's label in it and the solution (a Skolem function), so
/// that each solution has its own and every evaluation of the same facts, in whatever order, gives the same.
/// </summary>
internal static class HeadBlankNodes
{
    public static BlankNode Make(Rule rule, int number, string label, IEnumerable<(string Variable, Term Value)> solution)
    {
        var text = new StringBuilder()
            .Append(rule.Name?.Value ?? number.ToString(CultureInfo.InvariantCulture)).Append('\n')
            .Append(label).Append('\n');
        foreach (var (variable, value) in solution.OrderBy(binding => binding.Variable, StringComparer.Ordinal))
            text.Append(variable).Append('=').Append(value).Append('\n');
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new BlankNode("g" + Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }
}
