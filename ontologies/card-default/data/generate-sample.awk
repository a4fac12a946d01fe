# Writes sample-accounts.csv: synthetic labelled credit card accounts in the columns of the Default of Credit Card Clients data.
#
#   awk -f generate-sample.awk > sample-accounts.csv
#   awk -v rows=1000 -v seed=7 -f generate-sample.awk > more.csv
#
# POSIX awk, whole numbers below 2^53 only, and its own generator (Park and Miller 1988: x <- 16807 x mod 2^31 - 1), so
# that every awk writes the same bytes. No row is taken from any data set.
#
# An account has a habit: it pays in full, revolves, pays about the minimum, struggles, or lies idle. Six months are played
# from the oldest to the latest: the habit draws spending and payment, and a bill without a sufficient payment makes the
# account a month later than before. Each row then gets risk points from what its months show. Points and noise together
# rank the rows, and the top 22 per cent do not pay next month (1). The noise is a sum of four uniform draws, so the outcome
# can be learned from the columns, but not perfectly. Sex, education, marriage and age are drawn too, because the table has
# the columns, and earn no points.

function uniform(n) {                       # 0 .. n - 1
  state = (state * 16807) % 2147483647
  return int(state % n)
}

function draw(weights,    parts, pair, count, total, i, pick) {   # "1:27 2:26 ..." -> one code
  count = split(weights, parts, " ")
  total = 0
  for (i = 1; i <= count; i++) { split(parts[i], pair, ":"); total += pair[2] }
  pick = uniform(total)
  for (i = 1; i <= count; i++) {
    split(parts[i], pair, ":")
    if (pick < pair[2]) return pair[1]
    pick -= pair[2]
  }
}

BEGIN {
  if (rows == "") rows = 400
  if (seed == "") seed = 20260801
  state = seed % 2147483647
  if (state <= 0) state = 1
  for (i = 0; i < 10; i++) uniform(2)       # a small seed needs a few steps to spread

  head = "id,limit_balance,sex,education,marriage,age"
  for (m = 1; m <= 6; m++) head = head ",pay_status_" m
  for (m = 1; m <= 6; m++) head = head ",bill_amount_" m
  for (m = 1; m <= 6; m++) head = head ",pay_amount_" m
  print head ",default_next_month"

  for (i = 1; i <= rows; i++) {
    line  = 10000 * draw("1:4 2:6 3:6 5:12 8:10 10:8 12:6 15:7 18:6 20:9 24:6 30:7 36:5 40:3 50:4 80:1")
    habit = draw("full:26 revolves:36 minimum:14 struggles:17 idle:7")

    # The months, oldest first. An opening balance is carried by those who revolve.
    bill = 0
    if (habit == "revolves")  bill = int(line * (10 + uniform(60)) / 100)
    if (habit == "minimum")   bill = int(line * (60 + uniform(38)) / 100)
    if (habit == "struggles") bill = int(line * (25 + uniform(75)) / 100)
    if (habit == "full")      bill = int(line * (1 + uniform(15)) / 100)
    late = 0
    for (m = 6; m >= 1; m--) {
      if (m < 6) {
        if (habit == "full")           paid[m] = bill
        else if (habit == "idle")      paid[m] = 0
        else if (habit == "revolves")  paid[m] = int(bill * (5 + uniform(30)) / 100)
        else if (habit == "minimum")   paid[m] = int(bill * (4 + uniform(3)) / 100)
        else                           paid[m] = int(bill * uniform(15) / 100)
        # Now and then anybody misses a payment; who struggles often does. An overpayment leaves a credit balance.
        if (uniform(100) < (habit == "struggles" ? 30 : 4)) paid[m] = 0
        if (habit == "full" && uniform(100) < 4) paid[m] += 500 + uniform(2000)
        if (paid[m] < 0) paid[m] = 0

        if (bill > 0 && paid[m] * 100 < bill * 3) late = (late < 8 ? late + 1 : 8)
        else if (paid[m] * 100 >= bill * 6) late = 0

        if (habit == "full")           spent = int(line * (1 + uniform(15)) / 100)
        else if (habit == "idle")      spent = 0
        else if (habit == "revolves")  spent = int(line * uniform(14) / 100)
        else if (habit == "minimum")   spent = int(line * uniform(6) / 100)
        else                           spent = int(line * uniform(9) / 100)
        if (uniform(100) < 2) spent += int(line * 55 / 100)
        bill = bill - paid[m] + spent
        if (bill > line * 12 / 10) bill = int(line * 12 / 10)
      } else paid[m] = (habit == "idle" ? 0 : int(bill * (3 + uniform(20)) / 100))
      owed[m] = bill
      if (late > 0)              status[m] = late
      else if (habit == "idle")  status[m] = -2
      else if (habit == "full")  status[m] = (bill > 0 ? -1 : -2)
      else                       status[m] = 0
    }
    # Some idle accounts are marked as late, for a fee that no bill shows.
    if (habit == "idle" && uniform(100) < 30) status[1] = 1

    sex       = draw("1:40 2:60")
    education = draw("1:35 2:47 3:16 4:1 5:1")
    marriage  = draw("1:45 2:53 3:2")
    age       = 21 + uniform(20) + uniform(20)

    score = 0
    worst = 0
    for (m = 1; m <= 6; m++) {
      if (status[m] > 0) score += (7 - m) * 2
      if (status[m] > worst) worst = status[m]
    }
    if (status[1] > 0) score += 18 * (status[1] > 2 ? 2 : status[1])
    if (worst > 1) score += 12
    score += int(owed[1] * 14 / line) - (line >= 200000 ? 9 : 0)
    if (habit == "idle") score += 8
    if (owed[1] > line * 9 / 10 && paid[1] * 100 < owed[2] * 6) score += 10
    latent[i] = score + uniform(36) + uniform(36) + uniform(36) + uniform(36)

    row[i] = i "," line "," sex "," education "," marriage "," age
    for (m = 1; m <= 6; m++) row[i] = row[i] "," status[m]
    for (m = 1; m <= 6; m++) row[i] = row[i] "," owed[m]
    for (m = 1; m <= 6; m++) row[i] = row[i] "," paid[m]
  }

  # The bad rows are the 22 per cent of highest latent risk; ties go to the earlier row.
  bad = int(rows * 22 / 100)
  for (i = 1; i <= rows; i++) {
    above = 0
    for (j = 1; j <= rows; j++)
      if (latent[j] > latent[i] || (latent[j] == latent[i] && j < i)) above++
    print row[i] "," (above < bad ? 1 : 0)
  }
}
