#!/bin/bash
# A batch in parts on Slurm. Run on a login node, it hands in an array of jobs that assess and one that merges after all of them;
# run again after a failure it goes on where the shards were. How it is used: ../clusters.md.
#
# 在 Slurm 中分片评估。在登录节点运行：提交评估的作业数组，以及全部做完后合并的作业；失败后再运行一次，各分片接着做。
# 用法见 ../clusters.zh-CN.md。
#
#SBATCH --job-name=wangge
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=04:00:00
#SBATCH --requeue
set -euo pipefail

data=${DATA:-$PWD/data}
results=${RESULTS:-$PWD/results}
as_of=${AS_OF:-2026-06-30}
shards=${SHARDS:-16}

submit() {
  local array
  array=$(sbatch --parsable --array="1-$shards" "$0" assess)
  sbatch --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes "$0" merge
}

assess() {
  local status=0 shard=$results/shards/$SLURM_ARRAY_TASK_ID.jsonl
  mkdir -p "$results/shards"
  wangge check "$data" --as-of "$as_of" --shard "$SLURM_ARRAY_TASK_ID/$shards" --resume -o "shard:$shard" \
    --no-cache --exit-zero --threads "${SLURM_CPUS_PER_TASK:-1}" --memory 6G || status=$?
  # 2: some submissions could not be read, which the merge tells · 有材料读不出，由合并说明
  [ "$status" -eq 0 ] || { [ "$status" -eq 2 ] && [ -s "$shard" ]; }
}

merge() {
  wangge merge "$results/shards" --exit-zero -o "json:$results/report.json" -o "csv-scores:$results/scores.csv"
}

case ${1:-} in
  assess) assess ;;
  merge) merge ;;
  *)
    # Jobs see the same settings · 作业用同样的设置
    export DATA=$data RESULTS=$results AS_OF=$as_of SHARDS=$shards
    submit
    ;;
esac
