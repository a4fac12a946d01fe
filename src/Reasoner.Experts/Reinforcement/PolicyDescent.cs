using System.Numerics.Tensors;

namespace Reasoner.Experts;

/// <summary>One reinforcement at work.</summary>
internal sealed class PolicyDescent
{
    /// <summary>What keeps shifts by constraints that are rarely met small.</summary>
    private const double FeedbackDecay = 0.05;

    private readonly TrainedMixture _reference;
    private readonly IReadOnlyList<string> _answers;
    private readonly IReadOnlyList<VerifiedRow> _rows;
    private readonly ReinforcementOptions _options;
    private readonly SeededRandom _random;
    private readonly double[][] _inputs;
    private readonly double[][] _rewards;
    private readonly int[][][] _violated;
    private readonly string[] _constraints;
    private readonly bool[] _isTaught;
    private readonly MixtureNetwork _network;
    private readonly MixturePass _pass;
    private readonly double[][] _referenceLogs;
    private readonly double[] _feedback;
    private readonly double[] _gradient;
    private readonly double[] _feedbackGradient;
    private readonly Adam _adam;
    private readonly Adam _feedbackAdam;

    public PolicyDescent(TrainedMixture reference, IReadOnlyList<string> answers, IReadOnlyList<VerifiedRow> rows, ReinforcementOptions options)
    {
        (_reference, _answers, _rows, _options) = (reference, answers, rows, options);
        _random = new(options.Seed);
        _inputs = [.. rows.Select(row => Encode(row.Row))];
        _rewards = [.. rows.Select(row => row.Verdicts.Select((verdict, answer) => Rewards.Of(answers[answer], row, verdict, options)).ToArray())];
        _constraints = [.. rows.SelectMany(row => row.Verdicts).SelectMany(verdict => verdict.Violated).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _violated = [.. rows.Select(row => row.Verdicts.Select(verdict => verdict.Violated.Distinct(StringComparer.Ordinal)
            .Select(constraint => Array.BinarySearch(_constraints, constraint, StringComparer.Ordinal)).ToArray()).ToArray())];
        _isTaught = Array.ConvertAll(reference.ClassesOf(answers), known => known >= 0);
        _network = PolicyHead.Attach(reference, answers, options.UntaughtPrior, MeanLogSumExp());
        _pass = new(_network.Shape);
        _referenceLogs = [.. Enumerable.Range(0, rows.Count).Select(LogPolicy)];
        _feedback = new double[_constraints.Length * answers.Count];
        _gradient = new double[_network.Shape.Parameters];
        _feedbackGradient = new double[_feedback.Length];
        _adam = Adam.For(_network.Shape, 0, PolicyHead.Parameters(_network.Shape, reference.Classes.Count));
        _feedbackAdam = new([.. _feedback.Select(_ => FeedbackDecay)]);
    }

    public TrainedMixture Run(IProgress<ReinforcementProgress>? progress, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, _rows.Count)];
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            var learningRate = LearningRate.At(_options.LearningRate, epoch, _options.Epochs);
            _random.Shuffle(order);
            var (reward, survived, taught, right, divergence) = (0.0, 0.0, 0, 0, 0.0);
            for (var start = 0; start < order.Length; start += _options.BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                var batch = order[start..Math.Min(order.Length, start + _options.BatchSize)];
                var groups = new Group[batch.Length];
                for (var i = 0; i < batch.Length; i++)
                {
                    groups[i] = Sample(batch[i]);
                    reward += groups[i].Returns.Average();
                    taught += groups[i].First.Count(answer => _isTaught[answer]);
                    right += groups[i].First.Count(answer => _answers[answer] == _rows[groups[i].Row].Label);
                    survived += groups[i].First.Count(answer => _violated[batch[i]][answer].Length == 0) / (double)_options.GroupSize;
                }

                for (var update = 0; update < _options.Updates; update++)
                {
                    double moved = 0;
                    foreach (var group in groups) moved += Accumulate(group, batch.Length);
                    if (update == 0) divergence += moved;
                    _adam.Step(_network.Parameters, _gradient, learningRate);
                    if (_feedback.Length > 0) _feedbackAdam.Step(_feedback, _feedbackGradient, learningRate);
                }
            }

            if (!double.IsFinite(divergence))
                throw new ModelException($"Reinforcement lost its way in epoch {epoch + 1}: the policy is no longer a number.", "Reinforce with a smaller LearningRate.");
            progress?.Report(new(epoch + 1, _options.Epochs, reward / _rows.Count, survived / _rows.Count, taught == 0 ? double.NaN : (double)right / taught, divergence / _rows.Count));
        }

        _network.RoundToFloats();
        var shifts = _constraints.Select((constraint, i) => KeyValuePair.Create(
            constraint, (IReadOnlyList<double>)[.. _feedback.AsSpan(i * _answers.Count, _answers.Count).ToArray().Select(shift => (double)(float)shift)]));
        return _reference.WithPolicy(_network, new(_answers, shifts.ToDictionary(StringComparer.Ordinal), _options));
    }

    /// <summary>Proposals for one case by the policy as it stands, with what they earn.</summary>
    private Group Sample(int row)
    {
        var count = _options.GroupSize;
        var group = new Group(row, count);
        var policy = LogPolicy(row);
        for (var i = 0; i < count; i++)
        {
            var first = Draw(policy);
            group.First[i] = first;
            group.FirstLog[i] = policy[first];
            group.Returns[i] = _rewards[row][first];
            if (_violated[row][first].Length == 0) continue;
            var second = SecondLogPolicy(policy, row, first);
            group.Second[i] = Draw(second);
            group.SecondLog[i] = second[group.Second[i]];
            group.Returns[i] += _options.SecondRoundDiscount * _rewards[row][group.Second[i]];
        }

        return group;
    }

    /// <summary>Adds a group's part of the gradient.</summary>
    /// <returns>The divergence of the case's policy from where it began, in nats.</returns>
    private double Accumulate(Group group, int batch)
    {
        var policy = LogPolicy(group.Row);
        var answers = _answers.Count;
        Span<double> byPolicy = stackalloc double[answers];
        Span<double> bySecond = stackalloc double[answers];
        var mean = group.Returns.Average();
        for (var i = 0; i < group.First.Length; i++)
        {
            // Not divided by the group's deviation, as in GRPO's first form: that would make as much of which of two valid
            // answers happened to prove right as of whether an answer is valid at all (Liu et al. 2025).
            var advantage = group.Returns[i] - mean;
            if (advantage == 0) continue;
            AddPull(policy, group.First[i], group.FirstLog[i], advantage, byPolicy);
            if (group.Second[i] < 0) continue;
            bySecond.Clear();
            AddPull(SecondLogPolicy(policy, group.Row, group.First[i]), group.Second[i], group.SecondLog[i], advantage, bySecond);
            TensorPrimitives.Add(byPolicy, bySecond, byPolicy);
            foreach (var constraint in _violated[group.Row][group.First[i]])
            {
                var shift = _feedbackGradient.AsSpan(constraint * answers, answers);
                TensorPrimitives.MultiplyAdd(bySecond, 1.0 / (group.First.Length * batch), shift, shift);
            }
        }

        double divergence = 0;
        for (var a = 0; a < answers; a++) divergence += Math.Exp(policy[a]) * (policy[a] - _referenceLogs[group.Row][a]);
        Span<double> byLogits = stackalloc double[_network.Shape.Outputs];
        byLogits.Clear();
        for (var a = 0; a < answers; a++)
        {
            var byDivergence = Math.Exp(policy[a]) * (policy[a] - _referenceLogs[group.Row][a] - divergence);
            byLogits[_reference.Classes.Count + a] = (byPolicy[a] / group.First.Length + _options.DivergenceWeight * byDivergence) / batch;
        }

        // The gate and the hidden units stay as they are, so what the way back adds to their gradients is not used.
        Span<double> byGate = stackalloc double[_network.Shape.Experts];
        byGate.Clear();
        _network.Backward(_inputs[group.Row], _pass, byLogits, byGate, _gradient);
        return divergence;
    }

    /// <summary>Adds a sample's pull on the logits of the policy it was drawn from, unless the clip has ended it.</summary>
    private void AddPull(double[] logPolicy, int answer, double sampledLog, double advantage, Span<double> byLogits)
    {
        var ratio = Math.Exp(logPolicy[answer] - sampledLog);
        if (advantage > 0 ? ratio > 1 + _options.ClipRange : ratio < 1 - _options.ClipRange) return;
        for (var a = 0; a < logPolicy.Length; a++)
            if (!double.IsNegativeInfinity(logPolicy[a])) byLogits[a] -= advantage * ratio * ((a == answer ? 1 : 0) - Math.Exp(logPolicy[a]));
    }

    /// <summary>The logarithm of the policy's probabilities for a case; leaves the pass behind for the way back.</summary>
    private double[] LogPolicy(int row)
    {
        _network.Forward(_inputs[row], _reference.TopK, _pass);
        double[] logits = _pass.Logits[_reference.Classes.Count..];
        Normalise(logits);
        return logits;
    }

    private double[] SecondLogPolicy(double[] policy, int row, int rejected)
    {
        double[] logits = [.. policy];
        foreach (var constraint in _violated[row][rejected])
            TensorPrimitives.Add<double>(logits, _feedback.AsSpan(constraint * logits.Length, logits.Length), logits);
        logits[rejected] = double.NegativeInfinity;
        Normalise(logits);
        return logits;
    }

    private static void Normalise(double[] logits)
    {
        var total = MixturePass.LogSumExp(logits);
        foreach (ref var logit in logits.AsSpan()) logit -= total;
    }

    private int Draw(double[] logPolicy)
    {
        var left = _random.NextDouble();
        var last = 0;
        for (var a = 0; a < logPolicy.Length; a++)
        {
            if (double.IsNegativeInfinity(logPolicy[a])) continue;
            last = a;
            left -= Math.Exp(logPolicy[a]);
            if (left < 0) break;
        }

        return last;
    }

    private double MeanLogSumExp()
    {
        var pass = new MixturePass(_reference.Network.Shape);
        return _inputs.Average(input =>
        {
            _reference.Network.Forward(input, _reference.TopK, pass);
            return MixturePass.LogSumExp(pass.Logits);
        });
    }

    private double[] Encode(FeatureRow row)
    {
        var encoded = new float[_reference.Encoder.Width];
        _reference.Encoder.Encode(row, encoded);
        return Array.ConvertAll(encoded, value => (double)value);
    }

    /// <summary>Proposals for one case: the answers drawn first and second (-1 for none), their log probabilities then, and their returns.</summary>
    private sealed class Group
    {
        public Group(int row, int count)
        {
            Row = row;
            (First, Second, FirstLog, SecondLog, Returns) = (new int[count], new int[count], new double[count], new double[count], new double[count]);
            Array.Fill(Second, -1);
        }

        public int Row { get; }

        public int[] First { get; }

        public int[] Second { get; }

        public double[] FirstLog { get; }

        public double[] SecondLog { get; }

        public double[] Returns { get; }
    }
}
