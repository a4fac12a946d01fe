using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>A line of a proof tree.</summary>
/// <param name="Name">The step's name in the record.</param>
/// <param name="Step">The step; null where the record lacks it.</param>
/// <param name="IsReference">Whether the step is shown elsewhere, so that here it is only named.</param>
internal sealed record ProofLine(string Name, ProofStep? Step, bool IsReference)
{
    /// <summary>The premises.</summary>
    public List<ProofLine> Premises { get; } = [];

    /// <summary>The facts of this line and of those beneath it.</summary>
    public IEnumerable<string> Facts() =>
        Premises.SelectMany(premise => premise.Facts()).Prepend(Step?.Fact).OfType<string>();
}

/// <summary>
/// The proof of one reason as a tree to read. Steps are shared between proofs and within them; each is shown once in a
/// report, where it is nearest to a conclusion, and named everywhere else. Near steps come first when the tree must end.
/// </summary>
internal sealed record ProofTree(int Number, string Title, string Role, ProofLine Root, int LeftOut, ProofPicture? Picture)
{
    /// <summary>Grows the tree of a proof and draws its picture.</summary>
    public static ProofTree Grow(int number, string title, string role, string proof, ProofSteps steps, CancellationToken cancellation)
    {
        var root = LineOf(proof, steps);
        var waiting = new Queue<(ProofLine Line, int Level)>([(root, 1)]);
        var lines = 1;
        var isCut = false;
        while (waiting.TryDequeue(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            if (next.Line.IsReference) continue;
            foreach (var premise in steps.PremisesOf(next.Line.Name))
            {
                if (lines == ReportLimits.TreeLines || next.Level == ReportLimits.TreeLevels)
                {
                    isCut = true;
                    break;
                }

                var line = LineOf(premise, steps);
                next.Line.Premises.Add(line);
                waiting.Enqueue((line, next.Level + 1));
                lines++;
            }
        }

        var leftOut = isCut ? steps.CountWithout(root.Name, steps.IsShown, cancellation) : 0;
        var picture = number <= ReportLimits.Pictures && steps.Find(root.Name) is not null
            ? ProofPicture.Draw(root.Name, steps, ReportLimits.PictureSteps, ReportLimits.PictureLevels, cancellation)
            : null;
        return new ProofTree(number, title, role, root, leftOut, picture);
    }

    private static ProofLine LineOf(string name, ProofSteps steps)
    {
        var step = steps.Find(name);
        return new ProofLine(name, step, IsReference: step is not null && !steps.TryShow(name));
    }
}
