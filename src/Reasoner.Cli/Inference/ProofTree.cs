using Reasoner.Decisions;
using Reasoner.Inference;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>
/// A proof as an indented tree. A step that is used more than once is drawn once and named where it is used again; a tree
/// that gets too deep to read goes on below, under the name of the step.
/// </summary>
internal sealed class ProofTree(Notation notation, RuleNames names, TextWriter output)
{
    private const int MaximumDepth = 24;

    private readonly HashSet<ProofNode> _drawn = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<ProofNode> _below = new();
    private readonly ProofRecorder _steps = new(_ => null);

    /// <summary>Draws a proof.</summary>
    public void Write(ProofNode proof)
    {
        _steps.Add(proof);
        _below.Enqueue(proof);
        for (var isFirst = true; _below.TryDequeue(out var root); isFirst = false)
        {
            if (!isFirst) output.WriteLine();
            Write(root, "", "", 0);
        }
    }

    private void Write(ProofNode node, string lead, string indent, int depth)
    {
        var isKnown = !_drawn.Add(node);
        var goesBelow = !isKnown && depth == MaximumDepth && !node.Premises.IsEmpty;
        output.Write($"{lead}{_steps[node]}  {notation.Write(node.Fact)}");
        if (isKnown && !node.Premises.IsEmpty) output.WriteLine("  (see above)");
        else if (goesBelow) output.WriteLine("  (see below)");
        else output.WriteLine("  " + ReasonOf(node));
        if (goesBelow)
        {
            _drawn.Remove(node);
            _below.Enqueue(node);
        }

        if (isKnown || goesBelow) return;
        for (var i = 0; i < node.Premises.Length; i++)
        {
            var isLast = i == node.Premises.Length - 1;
            Write(node.Premises[i], indent + (isLast ? "└─ " : "├─ "), indent + (isLast ? "   " : "│  "), depth + 1);
        }
    }

    private string ReasonOf(ProofNode node)
    {
        if (node.Rule is null) return $"[{node.Source}]";
        names.TryGetNumber(node.Rule, out var number);
        var rule = names.RuleSet.Rules[number];
        var bindings = string.Join(", ", node.Bindings
            .Where(binding => !new Variable(binding.Variable).IsHidden)
            .Select(binding => $"?{binding.Variable} = {notation.Write(binding.Value)}"));
        return $"by {RuleLabel.Of(rule, notation)}{(bindings.Length == 0 ? "" : " with ")}{bindings}";
    }
}
