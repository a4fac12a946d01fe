namespace Reasoner.Experts;

/// <summary>
/// Trains one more expert on the cases of a segment alone, and adds it to a mixture that is in use. All other experts stay
/// as they are, to the bit: a case that the gate does not send to the new expert gets the answer that it got before.
/// </summary>
public static class NarrowExpert
{
    /// <summary>Fewer rows than this, or fewer of either answer than a tenth of it, cannot teach an expert anything.</summary>
    private const int FewestRows = 40;

    /// <summary>How far, in gate logits, the new expert is to stay above the others inside its segment, and below outside.</summary>
    private const double Margin = 1;

    private const int Parts = 5;

    /// <summary>Passes in which the gate alone learns the segment, before the expert learns anything.</summary>
    private const int GateEpochs = 60;

    private const double GateLearningRate = 0.02;

    /// <summary>Adds an expert. The same arguments give the same mixture, bit for bit.</summary>
    /// <param name="mixture">The mixture in use.</param>
    /// <param name="segment">The segment; the expert bears its name.</param>
    /// <param name="rows">Past cases, of the segment and others: from the others the gate learns where the expert has no say.</param>
    /// <param name="options">Epochs, step sizes, seed; those of the mixture when left out.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <exception cref="ModelException">The segment has too few cases, or cannot be told; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TrainedMixture Add(
        TrainedMixture mixture, Segment segment, IReadOnlyList<LabelledRow> rows, TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= mixture.Options;
        segment.Check(mixture.Schema);
        if (mixture.ExpertNames.Contains(segment.Name, StringComparer.Ordinal))
            throw new ModelException($"The model has an expert \"{segment.Name}\" already.", "Train the whole model again, or name the segment differently.");
        string[] classes = [.. mixture.Classes];
        var known = rows.Where(row => Array.BinarySearch(classes, row.Label, StringComparer.Ordinal) >= 0).ToList();
        for (var i = 0; i < known.Count; i++) mixture.Schema.Check(known[i].Row, i);
        bool[] isInside = [.. known.Select(row => segment.Contains(mixture.Schema, row.Row))];
        var inside = known.Where((_, row) => isInside[row]).ToList();
        var rarest = classes.Min(label => inside.Count(row => row.Label == label));
        if (inside.Count < FewestRows || rarest < FewestRows / 10)
        {
            throw new ModelException(
                $"The segment \"{segment.Name}\" has {inside.Count} of {known.Count} cases, {rarest} of the rarest answer: too few to learn from.",
                $"Give at least {FewestRows} cases of the segment with at least {FewestRows / 10} of each answer, or widen it.");
        }

        var set = new TrainingSet(
            mixture.Encoder.Encode([.. known.Select(row => row.Row)]), [.. known.Select(row => Array.BinarySearch(classes, row.Label, StringComparer.Ordinal))], classes.Length);
        var random = new SeededRandom(options.Seed, mixture.Experts.Count);
        var part = Stratification.Folds(set.Classes, Parts, random);
        int[] all = [.. Enumerable.Range(0, set.Count)];
        var watch = new TrainingWatch(progress, null, cancellation);
        var rehearsal = new NarrowDescent(mixture, set, isInside, options, new(0, 0, 0, 1), watch);
        var epochs = rehearsal.UntilNoGain([.. all.Where(row => part[row] != 0)], [.. all.Where(row => part[row] == 0 && isInside[row])]);
        var descent = new NarrowDescent(mixture, set, isInside, options, default, watch);
        descent.ForEpochs(all, Math.Max(1, epochs));
        descent.Network.RoundToFloats();
        return mixture.WithExpert(descent.Network, new(segment.Name, segment.Name), descent.Network.ExpertLoad(set, mixture.TopK));
    }

    /// <summary>The fit of the new expert and its row of the gate.</summary>
    private sealed class NarrowDescent
    {
        private readonly TrainedMixture _mixture;
        private readonly TrainingSet _set;
        private readonly bool[] _isInside;
        private readonly int[] _classOfAnswer;
        private readonly TrainingOptions _options;
        private readonly DescentName _name;
        private readonly TrainingWatch _watch;
        private readonly SeededRandom _random;
        private readonly Adam _adam;
        private readonly double[] _gradient;
        private readonly MixturePass _pass;

        public NarrowDescent(
            TrainedMixture mixture, TrainingSet set, bool[] isInside, TrainingOptions options, DescentName name, TrainingWatch watch)
        {
            (_mixture, _set, _isInside, _options, _name, _watch) = (mixture, set, isInside, options, name, watch);
            _classOfAnswer = mixture.ClassesOf(mixture.Policy?.Answers ?? []);
            _random = new(options.Seed, mixture.Experts.Count, name.Rehearsal);
            Network = WithOneMore(mixture.Network, set, _random);
            _gradient = new double[Network.Shape.Parameters];
            _pass = new(Network.Shape);
            _adam = Adam.For(Network.Shape, options.WeightDecay, [GateRow, GateBias, Network.Shape.Expert(Newest)]);
        }

        public MixtureNetwork Network { get; }

        private int Newest => Network.Shape.Experts - 1;

        private int TopK => Math.Max(2, _mixture.TopK);

        private Range GateRow => (Network.Shape.GateWeights.Start.Value + Newest * Network.Shape.Inputs)..(Network.Shape.GateWeights.Start.Value + (Newest + 1) * Network.Shape.Inputs);

        private Range GateBias => (Network.Shape.GateBias.Start.Value + Newest)..(Network.Shape.GateBias.Start.Value + Newest + 1);

        public void ForEpochs(int[] rows, int epochs)
        {
            LearnGate(rows);
            for (var epoch = 0; epoch < epochs; epoch++) _watch.Report(_name, epoch + 1, epochs, Epoch(rows, epoch), double.NaN);
        }

        /// <returns>After how many epochs the log loss on held-out cases of the segment was least.</returns>
        public int UntilNoGain(int[] rows, int[] heldOut)
        {
            LearnGate(rows);
            var (best, bestEpochs) = (double.PositiveInfinity, 0);
            for (var epoch = 0; epoch < _options.Epochs && epoch - bestEpochs < _options.Patience; epoch++)
            {
                var loss = Epoch(rows, epoch);
                var heldOutLoss = heldOut.Average(row =>
                {
                    Network.Forward(_set.Input(row), TopK, _pass);
                    var logits = _pass.Logits.AsSpan(0, _set.ClassCount);
                    return MixturePass.LogSumExp(logits) - logits[_set.Classes[row]];
                });
                _watch.Report(_name, epoch + 1, _options.Epochs, loss, heldOutLoss);
                if (heldOutLoss < best) (best, bestEpochs) = (heldOutLoss, epoch + 1);
            }

            return bestEpochs;
        }

        /// <summary>
        /// Lets the gate find the segment first: an expert that is not consulted learns nothing, and one that is consulted for
        /// strangers disturbs them.
        /// </summary>
        private void LearnGate(int[] rows)
        {
            var adam = Adam.For(Network.Shape, 0, [GateRow, GateBias]);
            Span<double> byLogits = stackalloc double[Network.Shape.Outputs];
            Span<double> byGate = stackalloc double[Network.Shape.Experts];
            byLogits.Clear();
            int[] order = [.. rows];
            // As many cases of the segment as others, so to speak: a small segment is to be found too.
            var inside = Math.Max(1, rows.Count(row => _isInside[row]));
            var (weightInside, weightOutside) = (0.5 / inside, 0.5 / Math.Max(1, rows.Length - inside));
            for (var epoch = 0; epoch < GateEpochs; epoch++)
            {
                _random.Shuffle(order);
                for (var start = 0; start < order.Length; start += _options.BatchSize)
                {
                    _watch.Cancellation.ThrowIfCancellationRequested();
                    foreach (var row in order.AsSpan(start, Math.Min(_options.BatchSize, order.Length - start)))
                    {
                        Network.Forward(_set.Input(row), TopK, _pass);
                        var gap = Gap(_isInside[row]);
                        if (gap <= 0) continue;
                        byGate.Clear();
                        byGate[Newest] = (_isInside[row] ? -gap * weightInside : gap * weightOutside) * order.Length;
                        Network.Backward(_set.Input(row), _pass, byLogits, byGate, _gradient);
                    }

                    adam.Step(Network.Parameters, _gradient, GateLearningRate * (1 - (double)epoch / GateEpochs));
                }
            }
        }

        private double Epoch(int[] rows, int epoch)
        {
            var learningRate = LearningRate.At(_options.LearningRate, epoch, _options.Epochs);
            int[] order = [.. rows];
            _random.Shuffle(order);
            double total = 0;
            for (var start = 0; start < order.Length; start += _options.BatchSize)
            {
                _watch.Cancellation.ThrowIfCancellationRequested();
                var batch = order.AsSpan(start, Math.Min(_options.BatchSize, order.Length - start));
                foreach (var row in batch) total += Accumulate(row, 1.0 / batch.Length);
                _adam.Step(Network.Parameters, _gradient, learningRate);
            }

            if (double.IsFinite(total)) return total / order.Length;
            throw new ModelException($"Training lost its way in epoch {epoch + 1}: the loss is no longer a number.", "Train with a smaller LearningRate.");
        }

        /// <summary>Inside: cross-entropy, and a pull of the gate to send the case here. Outside: a pull to send it elsewhere.</summary>
        private double Accumulate(int row, double weight)
        {
            var isInside = _isInside[row];
            Network.Forward(_set.Input(row), TopK, _pass, isInside ? _options.Dropout : 0, _random);
            Span<double> byLogits = stackalloc double[Network.Shape.Outputs];
            Span<double> byGate = stackalloc double[Network.Shape.Experts];
            byLogits.Clear();
            byGate.Clear();
            double loss = 0;
            if (isInside)
            {
                var logits = _pass.Logits.AsSpan(0, _set.ClassCount);
                loss = MixturePass.LogSumExp(logits) - logits[_set.Classes[row]];
                MixturePass.SoftMax(logits, byLogits[.._set.ClassCount]);
                byLogits[_set.Classes[row]] -= 1;
                foreach (ref var byLogit in byLogits) byLogit *= weight;
                // Policies weigh the same classes: the new expert moves them as it moves the probabilities.
                MovePolicy(byLogits);
            }

            var gap = Gap(isInside);
            if (gap > 0)
            {
                loss += gap * gap;
                byGate[Newest] = (isInside ? -2 : 2) * gap * weight;
            }

            Network.Backward(_set.Input(row), _pass, byLogits, byGate, _gradient);
            return loss;
        }

        private void MovePolicy(Span<double> byLogits)
        {
            for (var answer = 0; answer < _classOfAnswer.Length; answer++)
                if (_classOfAnswer[answer] >= 0) byLogits[_set.ClassCount + answer] = byLogits[_classOfAnswer[answer]];
        }

        /// <summary>By how much the new expert's gate logit misses its place: above all others by a margin, or below all that run.</summary>
        private double Gap(bool isInside)
        {
            var others = _pass.GateLogits.AsSpan(0, Newest).ToArray();
            Array.Sort(others);
            var wanted = isInside ? others[^1] + Margin : others[^Math.Min(others.Length, TopK)] - Margin;
            return isInside ? wanted - _pass.GateLogits[Newest] : _pass.GateLogits[Newest] - wanted;
        }

        private static MixtureNetwork WithOneMore(MixtureNetwork network, TrainingSet set, SeededRandom random)
        {
            var (old, shape) = (network.Shape, network.Shape with { Experts = network.Shape.Experts + 1 });
            var numbers = StartingWeights.Draw(shape, set, random);
            Copy(old.GateWeights, shape.GateWeights);
            Copy(old.GateBias, shape.GateBias);
            Copy(old.SharedWeights, shape.SharedWeights);
            Copy(old.SharedBias, shape.SharedBias);
            for (var expert = 0; expert < old.Experts; expert++) Copy(old.Expert(expert), shape.Expert(expert));
            return new(shape, numbers);

            void Copy(Range from, Range to) => network.Parameters.AsSpan(from).CopyTo(numbers.AsSpan(to));
        }
    }
}
