import { CoreMemory, readCoreModule, findKernel, listIndicators } from "./core-wasm/mod.ts";
import { callKernelInto } from "./core-wasm/call_kernel.ts"; import { KERNELS } from "./core-wasm/registry/index.ts";
const core=new CoreMemory(await readCoreModule()); const N=1000000; const cols:any={};
const mk=(t:string)=>{const v:any=t==="f64"?new Float64Array(N):new Uint8Array(N);for(let i=0;i<N;i++)v[i]=t==="f64"?1000+Math.random()*10:Math.random()*2;return core.loadColumn(t as any,v);};
for(const t of ["f64","bool"]) cols[t]=[mk(t),mk(t),mk(t),mk(t),mk(t)];
const rows=KERNELS.filter(r=>r.family!=="talib"&&(Deno.args.length===0||Deno.args.includes(r.name)));
const call=(row:any,len:number)=>({inputs:row.inputs.map((x:any,i:number)=>({...cols[x.type][i],length:len})),outputs:row.outputs.map((o:any)=>core.allocateColumn(o.type,len)),parameters:row.parameters.map((p:any)=>p.default??2),length:len});
for(const row of rows) try{ core.scope(()=>{const c=call(row,20000);for(let i=0;i<40;i++)callKernelInto(core,row,c);}); }catch(e){console.log(row.name,String(e));}
const out:[number,string][]=[];
for(const row of rows) try{ core.scope(()=>{const c=call(row,N);let b=1e9;for(let i=0;i<4;i++){const t=performance.now();callKernelInto(core,row,c);b=Math.min(b,performance.now()-t);} out.push([b,row.name]);}); }catch{}
out.sort((a,b)=>b[0]-a[0]); console.log(out.map(([t,n])=>n+" "+t.toFixed(2)).join("\n"));
