namespace Reasoner.Experts;

/// <summary>
/// Mixtures that were trained alike but for their random numbers. Their averaged answers are better than those of any of
/// them, and cost as many times as much: a teacher for a small model (Hinton, Vinyals and Dean 2015).
/// </summary>
public sealed class MixtureEnsemble
{
    private MixtureEnsemble(IReadOnlyList<TrainedMixture> members) => Members = members;

    /// <summary>The members.</summary>
    public IReadOnlyList<TrainedMixture> Members { get; }

    /// <summary>The trained numbers of all members.</summary>
    public int Parameters => Members.Sum(member => member.Network.Shape.Parameters);

    /// <summary>The members' mean probability of each answer, in the order of the classes.</summary>
    /// <param name="row">The case.</param>
    /// <exception cref="ModelException">The row does not fit the schema.</exception>
    public Proposal Propose(FeatureRow row)
    {
        var proposals = Members.Select(member => member.Propose(row)).ToList();
        float[] means = [.. Members[0].Classes.Select(answer => (float)proposals.Average(proposal => proposal.ProbabilityOf(answer)))];
        return Proposal.Of(Members[0].Classes, means, [], [], []);
    }

    /// <summary>Trains the members that the options ask for.</summary>
    internal static MixtureEnsemble Train(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, string[] classes, TrainingOptions options, DescentName name, TrainingWatch watch)
    {
        var members = new TrainedMixture[options.TeacherMembers];
        SideBySide.Run(members.Length, member =>
            members[member] = new TrainingRun(schema, rows, classes, options, name with { Teacher = member + 1 }, watch).Complete(),
            watch.Cancellation);
        return new(members);
    }

    /// <summary>The rows with what the members that had not seen them hold of them: a teacher is not to pass on what it knows by heart.</summary>
    internal IReadOnlyList<LabelledRow> Teach(IReadOnlyList<LabelledRow> rows)
    {
        var classes = Members[0].Classes;
        return [.. rows.Select((row, i) => row with
        {
            Teacher = Enumerable.Range(0, classes.Count).ToDictionary(c => classes[c], c => Members.Average(member => member.HeldOut[i].ProbabilityOf(classes[c])), StringComparer.Ordinal),
        })];
    }
}
