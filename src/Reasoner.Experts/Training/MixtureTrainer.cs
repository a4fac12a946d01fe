namespace Reasoner.Experts;

/// <summary>Trains a sparse mixture of experts on labelled rows.</summary>
public static class MixtureTrainer
{
    /// <summary>More answers than one decision offers: a bound on what one row can cost.</summary>
    private const int MaximumClasses = 1024;

    /// <summary>Learns a mixture. The same rows, options and seed give the same mixture, bit for bit.</summary>
    /// <param name="schema">What each row holds.</param>
    /// <param name="rows">Past cases with the answers that proved right.</param>
    /// <param name="options">How to train; the defaults when left out.</param>
    /// <param name="progress">Told after every epoch, by one thread at a time.</param>
    /// <param name="checkpoint">Where to write down how far the training is, and to go on from; nowhere when left out.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <exception cref="ModelException">The rows or options cannot be trained on; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TrainedMixture Train(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null, TrainingCheckpoint? checkpoint = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var classes = Check(schema, rows, options);
        checkpoint?.Bind(schema, rows, options);
        return Complete(schema, rows, classes, options, default, new(progress, checkpoint, cancellation)).Student;
    }

    /// <summary>Trains on rows that were checked: first the teaching ensemble, where the options ask for one.</summary>
    internal static (TrainedMixture Student, MixtureEnsemble? Teacher) Complete(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, string[] classes, TrainingOptions options, DescentName name, TrainingWatch watch)
    {
        var teacher = options.TeacherMembers == 0 ? null : MixtureEnsemble.Train(schema, rows, classes, options, name, watch);
        return (new TrainingRun(schema, teacher?.Teach(rows) ?? rows, classes, options, name, watch).Complete(), teacher);
    }

    /// <summary>Refuses what cannot be trained on.</summary>
    /// <returns>The classes, in ordinal order.</returns>
    internal static string[] Check(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions options)
    {
        options.Check();
        if (rows.Count == 0) throw new ModelException("There are no rows to train on.", "Give past cases with their answers.");
        for (var i = 0; i < rows.Count; i++)
        {
            schema.Check(rows[i].Row, i);
            if (string.IsNullOrEmpty(rows[i].Label))
                throw new ModelException($"Row {i + 1} has no label.", "Give every training row the answer that proved right, or leave it out.");
        }

        string[] classes = [.. rows.Select(row => row.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Length == 1)
        {
            throw new ModelException(
                $"All {rows.Count} rows have the label \"{classes[0]}\", so there is nothing to tell apart.",
                "Add past cases with another answer.");
        }

        if (classes.Length > Math.Min(rows.Count / 2, MaximumClasses))
        {
            throw new ModelException(
                $"{rows.Count} rows have {classes.Length} different labels.",
                $"Give at least two rows a label on average and at most {MaximumClasses} labels; a label must be an answer, not a name of the case.");
        }

        return classes;
    }
}
