"use strict";
// Draws every [data-chart] with ECharts, in the colours of the stylesheet. The table beside it needs no script.
(() => {
  const css = getComputedStyle(document.documentElement);
  const tone = (name) => css.getPropertyValue(name).trim();
  const colors = ["--jade", "--indigo", "--ochre", "--cinnabar", "--ink-3", "--jade-2"].map(tone).filter(Boolean);
  const text = { color: tone("--ink-2"), fontFamily: getComputedStyle(document.body).fontFamily };

  const room = (wide) => Math.round(wide * 0.42);
  // How many lines the legend takes: it breaks where the next name no longer fits.
  const lines = (told, wide) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `12px ${text.fontFamily}`;
    let count = 1, used = 0;
    for (const one of told.series) {
      const takes = pen.measureText(one.name).width + 25 + 5 + 12;
      if (used > 0 && used + takes > wide - 10) { count += 1; used = 0; }
      used += takes;
    }
    return count;
  };

  const top = (told, wide) => (told.series.length > 1 ? 44 : 28) + 24 * (lines(told, wide) - 1);

  const bars = (told, wide) => {
    const fit = told.lying ? { interval: 0, width: room(wide), overflow: "truncate" } : { interval: "auto" };
    const names = { type: "category", data: told.categories, axisLabel: { ...text, ...fit },
      axisTick: { show: false }, axisLine: { lineStyle: { color: tone("--line-2") } }, inverse: told.lying };
    const values = { type: "value", name: told.unit, nameTextStyle: text, axisLabel: text, nameGap: 10,
      minInterval: told.unit ? 0 : 1,
      splitLine: { lineStyle: { color: tone("--line") } } };
    return {
      grid: { left: 8, right: told.lying && told.unit ? 44 : 16, top: top(told, wide), bottom: 8, containLabel: true },
      xAxis: told.lying ? values : names,
      yAxis: told.lying ? names : values,
      series: told.series.map((one) => ({
        name: one.name, data: one.values, type: told.kind === "line" ? "line" : "bar", barMaxWidth: 26,
        stack: told.kind === "stack" ? "all" : undefined, connectNulls: false,
      })),
    };
  };

  const pie = (told) => ({
    series: [{
      type: "pie", radius: ["42%", "70%"], center: ["50%", "56%"], label: { ...text, formatter: "{b} {d}%" },
      data: told.categories.map((name, n) => ({ name, value: told.series[0].values[n] })),
    }],
  });

  for (const place of document.querySelectorAll("[data-chart]")) {
    const told = JSON.parse(place.dataset.chart);
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({
      color: colors, textStyle: text, animation: false, aria: { enabled: true },
      tooltip: { renderMode: "richText", trigger: told.kind === "pie" ? "item" : "axis",
        valueFormatter: (value) => (value === null || value === undefined ? "—" : `${value} ${told.unit}`) },
      legend: told.series.length > 1 ? { top: 0, itemGap: 12, textStyle: text } : undefined,
      ...(told.kind === "pie" ? pie(told) : bars(told, place.clientWidth)),
    });
    new ResizeObserver(() => {
      chart.resize();
      if (told.kind !== "pie") chart.setOption({ grid: { top: top(told, place.clientWidth) } });
      if (told.lying) chart.setOption({ yAxis: { axisLabel: { width: room(place.clientWidth) } } });
    }).observe(place);
  }
})();
